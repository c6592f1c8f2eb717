using Serverless.Contracts.Jobs;
using Serverless.Durable.Histories;
using Serverless.Durable.Replay;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Training;

/// <summary>
/// Histories that earlier versions wrote must replay for ever: workflows that were under way when a host was updated go on. A history here is never changed;
/// when the order of steps changes, the change goes behind IWorkflowContext.GetVersion and a new history is added beside the old ones.
/// </summary>
public sealed class GoldenHistoryTests
{
    /// <summary>Set to 1 to write the histories of today's code where there are none.</summary>
    private const string WriteVariable = "SERVERLESS_WRITE_GOLDEN";

    private static string Folder => Path.Combine(Needs.RepositoryRoot(), "tests", "Serverless.Orchestrations.Tests", "Training", "Golden");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Folder, "*.jsonl").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task History_OfAnEarlierVersion_ReplaysFromEveryPrefix(string file)
    {
        var history = (await File.ReadAllLinesAsync(Path.Combine(Folder, file), Cancel)).Select(HistoryJson.Read).ToList();

        // A host may have gone down after any arrival and what the code did because of it.
        for (var length = 1; length <= history.Count; length++)
        {
            if (length < history.Count && history[length] is not ArrivedEvent)
                continue;
            var machine = new WorkflowMachine("golden", OrchestrationsCatalog.Create(), new MachineLimits(256 * 1024, 16 * 1024, 1_000));
            machine.Replay(history[..length]);
            var turn = machine.Run([]);
            Assert.False(turn.Ending is TurnEnding.Failed, $"After {length} events: {turn.Ending}");
            Assert.Equal(length == history.Count && history[^1] is Completed, turn.Ending is TurnEnding.Completed);
        }
    }

    [Fact]
    public async Task History_OfTodaysCode_IsTheNewestGoldenOne()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var deployed = await bench.SubmitAsync(Some.SpecWithModel("digits", new GateSpec("accuracy", GateOperator.AtLeast, 0.93)));
        await bench.EndOfAsync(deployed.Id, bench.Agent(JobReason.Completed, ("accuracy", 0.96)));
        await bench.RunDryAsync();
        var lost = await bench.SubmitAsync(Some.SpecWithModel(null));
        await bench.EndOfAsync(lost.Id, async seen =>
        {
            if (seen.Status == JobStatus.Queued)
                await bench.ClaimAsync(seen.Id, $"node-{seen.Epoch + 1}");
        });
        await bench.RunDryAsync();

        await CompareAsync("training-deployed-1.jsonl", bench.Engine.History(deployed.Id));
        await CompareAsync("training-node-lost-1.jsonl", bench.Engine.History(lost.Id));
        await CompareAsync("deployment-1.jsonl", bench.Engine.History($"deployment-{deployed.Id[4..]}"));
    }

    private static async Task CompareAsync(string file, IReadOnlyList<string> history)
    {
        var path = Path.Combine(Folder, file);
        if (!File.Exists(path) && Environment.GetEnvironmentVariable(WriteVariable) == "1")
            await File.WriteAllLinesAsync(path, history, Cancel);
        Assert.True(File.Exists(path), $"There is no '{file}'. Set {WriteVariable}=1 to write it, and look at it.");
        Assert.Equal(await File.ReadAllLinesAsync(path, Cancel), history);
    }
}
