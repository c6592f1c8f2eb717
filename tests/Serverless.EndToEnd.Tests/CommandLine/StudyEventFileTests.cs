using Serverless.Contracts.Studies;

namespace Serverless.EndToEnd.Tests.CommandLine;

/// <summary>A study of a program that prints nothing and knows nothing of the platform: what it draws for TensorBoard is all there is to prune by and to choose by.</summary>
public sealed class StudyEventFileTests
{
    [Fact]
    public async Task Study_OfAProgramThatOnlyWritesEventFiles_PrunesAndFindsTheBest()
    {
        await using var host = await RunningHost.StartAsync();
        var id = await host.SubmitAsync($$"""
            objectives: [{ metric: loss }]
            space: { parameters: [{ name: level, type: float, low: 0, high: 10 }] }
            try: [{ level: 4 }, { level: 1 }, { level: 9 }]
            pruner: { name: threshold, settings: { upper: 6 } }
            limits: { trials: 3 }
            job:
              program: { command: ['{{BuiltCli.PathOf("Serverless.Misbehaver")}}', events, runs/now, "20", "150"] }
              arguments: ["{level}"]
              metrics: [{ name: loss, tag: eval/loss, events: "runs/**" }]
            """);

        await host.RunAsync("study", "show", id, "--follow");

        var study = await host.StudyAsync(id);
        Assert.Equal((StudyStatus.Succeeded, new TrialCounts(0, 2, 1, 0, 0)), (study.Status, study.Trials));
        Assert.Equal((1, 1.05), (study.Best[0].Number, Math.Round(study.Best[0].Values[0], 6)));
        await host.RunAsync("job", "pull", study.Best[0].JobId!, "files");
        Assert.Contains(Directory.EnumerateFiles(host.Folder["files"], "*", SearchOption.AllDirectories), file => file.Contains("runs/now/events.out.tfevents.", StringComparison.Ordinal));
    }
}
