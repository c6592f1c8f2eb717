using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Replay;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>Drives a machine by hand: no store, no clock, no threads.</summary>
internal sealed class MachineDriver
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<HistoryEvent> history = [];
    private readonly List<TurnAction> actions = [];

    public MachineDriver(WorkflowCatalog catalog, int historyLimit = 1_000_000) =>
        Machine = new WorkflowMachine("one", catalog, new MachineLimits(256 * 1024, 16 * 1024, historyLimit));

    public WorkflowMachine Machine { get; }

    /// <summary>What the turns have added.</summary>
    public IReadOnlyList<HistoryEvent> History => history;

    /// <summary>What the turns asked for.</summary>
    public IReadOnlyList<TurnAction> Actions => actions;

    public TurnEnding? Ending { get; private set; }

    public string? CustomStatus { get; private set; }

    public static Started Begin(string workflow, string input = "0") =>
        new() { At = Start, Format = Started.CurrentFormat, Workflow = workflow, Input = input };

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public MachineDriver Run(params ArrivedEvent[] arrivals)
    {
        var turn = Machine.Run(arrivals);
        history.AddRange(turn.Events);
        actions.AddRange(turn.Actions);
        Ending = turn.Ending;
        CustomStatus = turn.CustomStatus ?? CustomStatus;
        return this;
    }

    public MachineDriver Replay(IReadOnlyList<HistoryEvent> recorded)
    {
        Machine.Replay(recorded);
        return this;
    }

    public WorkflowFailure Failure => ((TurnEnding.Failed)Ending!).Failure;

    public string Output => ((TurnEnding.Completed)Ending!).Output;

    public static string[] Lines(IEnumerable<HistoryEvent> events) => [.. events.Select(HistoryJson.Write)];
}
