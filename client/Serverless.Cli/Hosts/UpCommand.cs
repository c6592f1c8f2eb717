using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Client;
using Serverless.Client.Errors;
using Serverless.Client.Hosts;
using Serverless.Client.Http;
using Serverless.Contracts.Hosts;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Hosts;

/// <summary><c>up</c>.</summary>
internal static class UpCommand
{
    private const int DefaultPort = 5080;

    /// <summary>How long a host may take to answer, and to stop: both include what a crash before left to do.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Make(CommandBuilder build)
    {
        var port = CommonOptions.Ranged("--port", "N", $"The port on this machine; 0: a free one. Default: {DefaultPort}.", 0, 65_535);
        return build.Make("up", "Start a host on this machine and keep it running until Ctrl-C: up [options] [-- HOST OPTIONS].", [port], async run =>
        {
            var folder = run.DataFolder;
            await RefuseSecondAsync(run, folder);
            string[] options = run.Rest?.Any(option => option == "--urls" || option.StartsWith("--urls=", StringComparison.Ordinal)) == true
                ? [.. run.Rest]
                : ["--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{run.Get(port) ?? DefaultPort}"), .. run.Rest ?? []];
            using var host = HostProcess.Start(StartedPrograms.OfProcess, folder, options, logFile: null, staysWithoutUs: false, run.Io.Clock);
            try
            {
                await AnnounceAsync(run, host, folder);
                await host.EndedAsync(run.Cancel);
            }
            catch (OperationCanceledException) when (run.Cancel.IsCancellationRequested)
            {
                // Asked to stop: that is how 'up' ends well.
            }
            finally
            {
                await host.StopAsync(Patience);
            }

            return host.ExitCode == 0 || run.Cancel.IsCancellationRequested
                ? Shell.ExitCode.Ok
                : throw CliException.Failed($"The host ended with exit code {host.ExitCode}.", "What it said before is above.");
        }, takesRest: true);
    }

    private static async Task AnnounceAsync(Invocation run, HostProcess host, string folder)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(run.Cancel);
        late.CancelAfter(Patience);
        RunningHost running;
        try
        {
            running = await host.AnswersAsync(late.Token);
        }
        catch (OperationCanceledException) when (!run.Cancel.IsCancellationRequested)
        {
            throw CliException.Failed($"The host did not answer within {Patience.TotalSeconds:0} s.", "What it said is above.");
        }

        if (run.Output.IsJson)
            run.Output.Json(running, ContractsJson.Default.RunningHost);
        else
            run.Output.Line($"Serverless answers at {running.Url}");
        run.Output.Hint($"Data: {folder}. Key: {Path.Combine(folder, "keys", "admin.key")}. Ctrl-C stops it.");
        run.Output.Hint(folder == LocalHost.DefaultDataFolder
            ? "In another terminal: serverless data put NAME FILE; serverless job list"
            : $"In another terminal: export {LocalHost.HomeVariable}={folder}; serverless job list");
    }

    private static async Task RefuseSecondAsync(Invocation run, string folder)
    {
        if (LocalHost.Find(folder) is not { } other || !IsAlive(other.ProcessId))
            return;
        using var client = new ServerlessClient(new ServerlessClientOptions { Address = new Uri(other.Url), Timeout = TimeSpan.FromSeconds(3) });
        try
        {
            await client.HealthAsync(run.Cancel);
        }
        catch (HostUnreachableException)
        {
            return;
        }
        catch (ServerlessApiException)
        {
            // Something answers there, if not in words that we know.
        }

        throw new CliException(Shell.ExitCode.Conflict, "conflict", $"A host runs with the data folder '{folder}' already: {other.Url}, process {other.ProcessId}.", "Use it, stop it, or choose another folder with --data.");
    }

    /// <summary>A host that was killed leaves its file behind.</summary>
    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
