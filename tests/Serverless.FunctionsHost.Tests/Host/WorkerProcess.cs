using System.Collections.Concurrent;
using System.Diagnostics;
using Serverless.TestKit;

namespace Serverless.FunctionsHost.Tests.Host;

/// <summary>The built program of a function app, started as the Functions host starts it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TempFolder home = new();

    private WorkerProcess(Process process) => this.process = process;

    /// <summary>The folder of an app's program: the function app's folder and the worker's.</summary>
    public static string Folder(string app) =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", app, Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))));

    /// <summary>What it wrote to stdout and stderr so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Whether it is gone.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Starts it.</summary>
    /// <param name="app">The app: its project.</param>
    /// <param name="host">Where the host listens.</param>
    /// <param name="workerId">What it shall call itself.</param>
    /// <param name="settings">The app's settings, as environment variables.</param>
    public static WorkerProcess Start(string app, Uri host, string workerId, IReadOnlyDictionary<string, string> settings)
    {
        var folder = Folder(app);
        var program = Path.Combine(folder, $"{app}.dll");
        Assert.True(File.Exists(program), $"There is no '{program}'. Build functions/{app} first.");
        var start = new ProcessStartInfo("dotnet",
        [
            program, "--functions-uri", host.ToString(), "--functions-worker-id", workerId, "--functions-request-id", $"start-{workerId}",
            "--functions-grpc-max-message-length", "16777216",
        ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = folder;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var worker = new WorkerProcess(process);
        start.Environment["HOME"] = worker.home.Path; // where ASP.NET Core writes keys
        process.OutputDataReceived += (_, line) => worker.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => worker.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits until it is gone, and gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The worker still runs after {Eventually.Patience.TotalSeconds:0} s. It wrote:\n{Output}");
        }

        return process.ExitCode;
    }

    /// <summary>Kills it with all that it started, without warning.</summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        process.WaitForExit(Eventually.Patience);
        process.Dispose();
        home.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null && output.Count < 1_000)
            output.Enqueue(line);
    }
}
