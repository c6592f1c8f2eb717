using System.Globalization;
using System.Text.Json;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.CommandLine;

/// <summary>Population-based training on a host and agents that are processes: each turn goes on where its parent ended.</summary>
public sealed class StudyPopulationTests
{
    /// <summary>Counts epochs in its checkpoint folder up to its first argument, and says with how many it began.</summary>
    private const string Spec = """
        objectives: [{ metric: loss }]
        space: { parameters: [{ name: x, type: float, low: 0, high: 1 }] }
        sampler: { name: pbt, settings: { members: 2, truncation: 0.5 } }
        seed: 7
        limits: { trials: 6 }
        job:
          program:
            command:
              - sh
              - -c
              - |
                cd $SERVERLESS_CHECKPOINT_DIR; n=$(cat state 2>/dev/null || echo 0); echo "begins = $n"
                while [ $n -lt $0 ]; do n=$((n + 1)); sleep 0.1; echo $n > state.tmp; mv state.tmp state; done
                echo "loss = $1"
          arguments: ["{turn*3}", "{x}"]
        """;

    [Fact]
    public async Task Turns_BeginWhereTheirParentsEnded_AlsoWhenHostAndAgentsAreKilled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The trial is a line of shell, and Windows has none. Run it on Linux or macOS.");

        var calm = await RunAsync(kill: false);
        var killed = await RunAsync(kill: true);

        Assert.Equal(6, calm.Count);
        Assert.Equal(calm, killed);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(bool kill)
    {
        await using var host = await RunningHost.StartAsync();
        var id = await host.SubmitAsync(Spec);
        if (kill)
        {
            await Eventually.TrueAsync("three trials are complete", async () => (await host.StudyAsync(id)).Trials.Complete >= 3, cancel: TestContext.Current.CancellationToken);
            await host.CutAndStartAsync();
        }

        await host.RunAsync("study", "show", id, "--follow");
        Assert.Equal(new TrialCounts(0, 6, 0, 0, 0), (await host.StudyAsync(id)).Trials);
        var trials = await host.TrialsAsync(id);
        foreach (var trial in trials)
        {
            var job = JsonSerializer.Deserialize(await host.RunAsync("job", "show", trial.JobId!, "--output", "json"), ContractsJson.Default.Job)!;
            Assert.Equal(trial.Parent is { } parent ? trials[parent].JobId : null, job.StartedFrom?.WrittenBy);
            if (job.Attempt > 1)
                continue; // one that was killed goes on from its own checkpoint
            Assert.Equal(3 * ((trial.Turn ?? 1) - 1), job.Metrics["begins"]);
            Assert.Equal(trial.Parent is not null, (await host.RunAsync("job", "logs", trial.JobId!)).Contains("The program begins with the checkpoint", StringComparison.Ordinal));
        }

        return [.. trials.Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Number}: from {trial.Parent}, turn {trial.Turn}, x = {trial.Parameters["x"]}, loss = {trial.Values[0]:R}"))];
    }
}
