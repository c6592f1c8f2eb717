using System.CommandLine;
using System.Globalization;
using Serverless.Cli.Hosts;
using Serverless.Cli.Shell;
using Serverless.Cli.Shown;
using Serverless.Cli.Terminal;
using Serverless.Client.Hosts;

namespace Serverless.Cli.Demo;

/// <summary><c>demo</c>.</summary>
internal static class DemoCommand
{
    private const string DefaultPrice = "0.10";

    /// <summary>Short, so that one sees everything go back to zero; a real host waits longer.</summary>
    private const string IdleSeconds = "2";

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    public static Command Make(CommandBuilder build)
    {
        var keep = CommandBuilder.Switch("--keep", "Leave the host running and its data in place.");
        var price = new Option<decimal?>("--price-per-hour") { Description = $"The price of a node per hour, for the cost. Default: {DefaultPrice}.", HelpName = "USD" };
        price.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && decimal.TryParse(token.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && value is < 0 or > 1_000_000)
                result.AddError($"--price-per-hour is {token.Value}; it must be 0 to 1000000.");
        });
        return build.Make("demo", "The main job on 1,797 real handwritten digits: upload, train, gate, endpoint, and back to zero.", [keep, price], async run =>
        {
            var digits = DigitsSplit.Of(await ReadSampleAsync(run.Cancel));
            var folder = FreshFolder(run);
            var kept = false;
            try
            {
                string[] options =
                [
                    "--urls", "http://127.0.0.1:0", "--node-idle-seconds", IdleSeconds, "--endpoint-idle-seconds", IdleSeconds,
                    "--price-per-hour", run.Get(price)?.ToString(CultureInfo.InvariantCulture) ?? DefaultPrice,
                ];
                var steps = new DemoSteps(run.Output, run.Io.Clock, run.Cancel);
                using var host = HostProcess.Start(StartedPrograms.OfProcess, folder, options, Path.Combine(folder, "host.log"), staysWithoutUs: run.Get(keep), run.Io.Clock);
                try
                {
                    var report = await new DemoRun(run, host, folder, steps).DoAsync(digits, run.Cancel);
                    kept = run.Get(keep);
                    Summarize(run, kept ? report with { DataFolder = folder, ProcessId = host.Id } : report);
                    return ExitCode.Ok;
                }
                catch (CliException e)
                {
                    throw new CliException(e.ExitCode, e.Code, e.Message + host.LogTail(20), e.Cure) { Errors = e.Errors };
                }
                finally
                {
                    if (!kept)
                        await host.StopAsync(StopGrace);
                }
            }
            finally
            {
                if (!kept)
                    Remove(folder);
            }
        });
    }

    private static async Task<string> ReadSampleAsync(CancellationToken cancel)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "samples", "digits.csv");
        return File.Exists(path)
            ? await File.ReadAllTextAsync(path, cancel)
            : throw CliException.Failed($"The sample '{path}' is not there.", "Build or publish the command line again.");
    }

    private static string FreshFolder(Invocation run)
    {
        if (!run.NamesDataFolder)
            return Directory.CreateTempSubdirectory("serverless-demo-").FullName;
        var folder = run.DataFolder;
        return !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()
            ? Directory.CreateDirectory(folder).FullName
            : throw CliException.Usage($"The folder '{folder}' is not empty, and the demo begins with nothing.", "Name an empty folder with --data, or none for a temporary one.");
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that was just ended may hold a file a little longer; the folder is a temporary one.
        }
    }

    private static void Summarize(Invocation run, DemoReport report)
    {
        if (run.Output.IsJson)
        {
            run.Output.Json(report, CliJson.Default.DemoReport);
            return;
        }

        var facts = new Facts();
        facts.Add("model", $"{report.Model}, accuracy {Words.Number(report.Accuracy)} (gate: ≥ 0.93)");
        facts.Add("predictions", $"{report.PredictionsRight} of {report.PredictionsChecked} rows put aside are right; the first took {report.FirstPredictionMs} ms");
        facts.Add("study", $"{report.Study.Trials} trials in {report.Study.Seconds} s: accuracy {Words.Number(report.Accuracy)} → {Words.Number(report.Study.Accuracy)} with {report.Study.Parameters}; {report.Study.Model} is live");
        facts.Add("then right", $"{report.Study.PredictionsRight} of {report.PredictionsChecked} rows put aside");
        facts.Add("times", $"host start {report.HostStartMs} ms, submit → running {report.SubmitToRunningMs} ms, all {report.TotalSeconds} s");
        facts.Add("nodes", $"0 → {report.NodesPeak} → {report.NodesAfter}");
        facts.Add("sessions", $"{report.SessionsAfter} loaded");
        facts.Add("cost", $"{Words.Money(report.Cost, report.Currency)} for the training, {Words.Money(report.Study.Cost, report.Currency)} for the study, at {Words.Money(report.PricePerHour, report.Currency)} per node and hour");
        run.Output.Line("");
        facts.Write(run.Output);
        run.Output.Line("");
        var commands = new[] { $"job show {report.Job}", $"job logs {report.Job}", $"job metrics {report.Job}", $"data show {Name(report.Dataset)}", $"study show {report.Study.Id}", $"study trials {report.Study.Id}", $"model show {report.Study.Model}", $"endpoint show {report.Endpoint}", "trigger list", "node list" };
        if (report.DataFolder is { } folder)
        {
            run.Output.Line($"The host goes on at {report.Url}. Look at each thing (stop it with: kill {report.ProcessId}; then remove {folder}):");
            run.Output.Line($"  export {LocalHost.HomeVariable}={folder}");
        }
        else
        {
            run.Output.Line("Everything is gone again. With 'demo --keep' the host stays, and these look at each thing:");
        }

        foreach (var command in commands)
            run.Output.Line($"  serverless {command}");
    }

    private static string Name(string dataset) => dataset[..dataset.IndexOf('@')];
}
