using System.Text.Json;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.CommandLine;

/// <summary>An experiment as a person makes it: two jobs and a study, on a host and agents that are processes.</summary>
public sealed class ExperimentTests
{
    private const string Spec = """
        name: search
        experiment: decay
        objectives: [{ metric: loss }]
        space: { parameters: [{ name: x, type: float, low: 0, high: 1 }] }
        sampler: { name: random }
        seed: 7
        limits: { trials: 3 }
        job: { program: { command: [sh, train.sh] } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Experiment_TwoJobsAndAStudy_AreComparedAfterARestartToo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a line of shell, and Windows has none. Run it on Linux or macOS.");
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["code"]);
        await File.WriteAllTextAsync(folder["code/train.sh"], "echo \"loss = 9\"; echo \"loss = $2\"; echo \"speed = 4\"", Cancel);
        await File.WriteAllTextAsync(folder["study.yaml"], Spec.Replace("[sh, train.sh]", "[sh, train.sh], code: code"), Cancel);
        var up = await UpAsync(folder);
        try
        {
            foreach (var x in new[] { "0.5", "0.25" })
                await CliAsync(folder, "job", "run", "--command", "sh train.sh", "--code", "code", "--experiment", "decay", "--wait", "--", "--x", x, "--token", "hush");
            var study = JsonSerializer.Deserialize(await CliAsync(folder, "study", "run", "--spec", "study.yaml", "--wait", "-o", "json"), ContractsJson.Default.Study)!;
            await up.CutAsync();
            await up.DisposeAsync();
            up = await UpAsync(folder);

            var experiment = Assert.Single(JsonSerializer.Deserialize(await CliAsync(folder, "experiment", "list", "--contains", "CAY", "-o", "json"), ContractsJson.Default.ExperimentPage)!.Items);
            Assert.Equal(("decay", 2, 1, 0), (experiment.Name, experiment.Jobs, experiment.Studies, experiment.Running));
            var shown = await CliAsync(folder, "experiment", "show", "decay", "--trials");
            Assert.Contains($"{study.Id}  succeeded, 3 trials", shown, StringComparison.Ordinal);

            var table = await CompareAsync(folder, "--metric", "loss", "--metric", "loss:max", "--sort", "loss");
            Assert.Equal(study.Id, Assert.Single(table.Runs, run => run.Kind == RunKind.Study).Id);
            Assert.Equal(["x", "token", "loss"], table.Columns.Take(3).Select(column => column.Name));
            var jobs = table.Runs.Where(run => run.Kind == RunKind.Job).ToList();
            Assert.Equal([("0.25", "0.25", "9"), ("0.5", "0.5", "9")], jobs.Select(run => (Cell(table, run, "x"), Cell(table, run, "loss"), Cell(table, run, "loss:max"))));
            Assert.All(jobs, run => Assert.Equal("***", Cell(table, run, "token")));

            var best = await CompareAsync(folder, "--study", "search", "--top", "2", "--job", study.Best[0].JobId!);
            Assert.Equal(study.Best[0].JobId, best.Runs[0].Id);
            Assert.Equal((2, RunKind.Trial), (best.Runs.Count, best.Runs[1].Kind));
            Assert.Equal(study.Best[0].Parameters["x"].ToString(), Cell(best, best.Runs[0], "x"));
            Assert.True(double.Parse(Cell(best, best.Runs[0], "loss")!, System.Globalization.CultureInfo.InvariantCulture) <= double.Parse(Cell(best, best.Runs[1], "loss")!, System.Globalization.CultureInfo.InvariantCulture));
        }
        finally
        {
            await up.SignalAsync("TERM");
            await up.EndAsync();
            await up.DisposeAsync();
        }
    }

    private static async Task<ExperimentComparison> CompareAsync(TempFolder folder, params string[] options) =>
        JsonSerializer.Deserialize(await CliAsync(folder, ["experiment", "compare", "decay", .. options, "-o", "json"]), ContractsJson.Default.ExperimentComparison)!;

    private static string? Cell(ExperimentComparison table, ComparedRun run, string column) => run.Cells[table.Columns.ToList().FindIndex(known => known.Name == column)];

    private static async Task<BuiltCli> UpAsync(TempFolder folder)
    {
        var up = BuiltCli.Start(folder.Path, null, "up", "--port", "0", "--data", folder["data"], "--output", "json");
        await Eventually.TrueAsync("the host answers", () => up.Out.Contains('\n'), cancel: Cancel);
        return up;
    }

    private static async Task<string> CliAsync(TempFolder folder, params string[] arguments)
    {
        var run = await BuiltCli.RunAsync(folder.Path, new Dictionary<string, string> { ["SERVERLESS_HOME"] = folder["data"] }, arguments);
        Assert.True(run.ExitCode == 0, run.Talk);
        return run.Out;
    }
}
