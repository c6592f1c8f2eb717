using Serverless.Durable.Histories;
using Serverless.Durable.Replay;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>Histories that were written once and that every later version must go on with. A file is added for each change of format or engine; none is ever changed.</summary>
public sealed class GoldenHistoryTests
{
    public static TheoryData<string> Files() => [.. Directory.GetFiles(Folder, "*.jsonl").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Durable", "Histories");

    [Fact]
    public void Files_AreThere() => Assert.True(Files().Count >= 4, $"'{Folder}' has {Files().Count} histories.");

    [Theory]
    [MemberData(nameof(Files))]
    public void History_ReadAndWritten_IsTheSameText(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, file));
        Assert.Equal(lines, MachineDriver.Lines(lines.Select(HistoryJson.Read)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void History_ReplayedUpToAnyArrival_GoesOnAsItDidThen(string file)
    {
        var history = File.ReadAllLines(Path.Combine(Folder, file)).Select(HistoryJson.Read).ToList();
        for (var cut = 1; cut <= history.Count; cut++)
        {
            if (cut < history.Count && history[cut] is not ArrivedEvent)
                continue;
            if (file.Contains("before-change", StringComparison.Ordinal) && !history[..cut].OfType<EventAwaited>().Any())
                continue; // the change comes after this cut: a run that has not reached it takes the new way
            var driver = new MachineDriver(GoldenFlows.Catalog()).Replay(history[..cut]);
            driver.Run([.. history[cut..].OfType<ArrivedEvent>()]);

            Assert.Equal(MachineDriver.Lines(history[cut..]), MachineDriver.Lines(driver.History));
            Assert.Equal(
                history[^1] is Completed completed ? completed.Output : HistoryJson.Write(((Failed)history[^1]).Failure),
                driver.Ending is TurnEnding.Completed done ? done.Output : HistoryJson.Write(driver.Failure));
        }
    }
}
