using System.Text.Json;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.CommandLine;

/// <summary>A study as a person runs it, on a host and agents that are processes.</summary>
public sealed class StudyTests
{
    private const string Spec = """
        objectives: [{ metric: loss }]
        space: { parameters: [{ name: x, type: float, low: 0, high: 1 }] }
        sampler: { name: tpe, settings: { startupTrials: 3 } }
        seed: 7
        limits: { trials: 7 }
        job: { program: { command: [sh, -c, 'sleep 0.2; echo "loss = $1"'] } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Study_HostAndAgentsKilledInBetween_SameTrialsAsWithout()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The trial is a line of shell, and Windows has none. Run it on Linux or macOS.");

        var calm = await RunAsync(kill: false);
        var killed = await RunAsync(kill: true);

        Assert.Equal(7, calm.Count);
        Assert.Equal(calm.Select(Words), killed.Select(Words));
    }

    [Fact]
    public async Task Study_TwoOnOneNode_TakeTurnsAndBothEnd()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The trial is a line of shell, and Windows has none. Run it on Linux or macOS.");
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["study.yaml"], Spec.Replace("trials: 7", "trials: 7, parallelism: 2"), Cancel);
        await using var up = await UpAsync(folder, "--", "--max-nodes", "1");

        var first = (await CliAsync(folder, "study", "run", "--spec", "study.yaml")).Trim();
        var second = (await CliAsync(folder, "study", "run", "--spec", "study.yaml")).Trim();
        await CliAsync(folder, "study", "show", first, "--follow");
        var between = await StudyAsync(folder, second);
        await CliAsync(folder, "study", "show", second, "--follow");

        Assert.True(between.Trials.Complete > 0, "The second study had to wait until the first was over.");
        Assert.Equal(
            [(StudyStatus.Succeeded, 7), (StudyStatus.Succeeded, 7)],
            [.. new[] { await StudyAsync(folder, first), await StudyAsync(folder, second) }.Select(study => (study.Status, study.Trials.Complete))]);
        await up.SignalAsync("TERM");
        await up.EndAsync();
    }

    private static async Task<IReadOnlyList<StudyTrial>> RunAsync(bool kill)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["study.yaml"], Spec, Cancel);
        var up = await UpAsync(folder);
        try
        {
            var id = (await CliAsync(folder, "study", "run", "--spec", "study.yaml")).Trim();
            if (kill)
            {
                await Eventually.TrueAsync("two trials are complete", async () => (await StudyAsync(folder, id)).Trials.Complete >= 2, cancel: Cancel);
                await up.CutAsync();
                await up.DisposeAsync();
                up = await UpAsync(folder);
                Assert.True((await StudyAsync(folder, id)).Trials.Complete < 7, "The study had ended before the host was killed.");
            }

            await CliAsync(folder, "study", "show", id, "--follow");
            var study = await StudyAsync(folder, id);
            Assert.Equal((StudyStatus.Succeeded, new TrialCounts(0, 7, 0, 0, 0)), (study.Status, study.Trials));
            return JsonSerializer.Deserialize(await CliAsync(folder, "study", "trials", id, "--output", "json"), ContractsJson.Default.StudyTrialPage)!.Items;
        }
        finally
        {
            await up.SignalAsync("TERM");
            await up.EndAsync();
            await up.DisposeAsync();
        }
    }

    private static async Task<BuiltCli> UpAsync(TempFolder folder, params string[] options)
    {
        var up = BuiltCli.Start(folder.Path, null, ["up", "--port", "0", "--data", folder["data"], "--output", "json", .. options]);
        await Eventually.TrueAsync("the host answers", () => up.Out.Contains('\n'), cancel: Cancel);
        return up;
    }

    private static async Task<Study> StudyAsync(TempFolder folder, string id) =>
        JsonSerializer.Deserialize(await CliAsync(folder, "study", "show", id, "--output", "json"), ContractsJson.Default.Study)!;

    private static async Task<string> CliAsync(TempFolder folder, params string[] arguments)
    {
        var run = await BuiltCli.RunAsync(folder.Path, new Dictionary<string, string> { ["SERVERLESS_HOME"] = folder["data"] }, arguments);
        Assert.True(run.ExitCode == 0, run.Talk);
        return run.Out;
    }

    private static string Words(StudyTrial trial) => FormattableString.Invariant($"{trial.Number}: x = {trial.Parameters["x"]}, loss = {trial.Values[0]:R}");
}
