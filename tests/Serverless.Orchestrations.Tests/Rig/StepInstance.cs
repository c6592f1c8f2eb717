using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Replay;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>One workflow of a <see cref="StepEngine"/>: what a store would hold of it.</summary>
internal sealed class StepInstance(string workflow, TimeProvider clock)
{
    private readonly List<Action> waiters = [];
    private WorkflowFailure? failure;
    private string? output;

    public WorkflowStatus Status { get; private set; } = WorkflowStatus.Running;

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why it cannot be run on, as a damaged history would say.</summary>
    public WorkflowFailure? Parked { get; set; }

    public List<string> History { get; } = [];

    public Queue<ArrivedEvent> Inbox { get; } = new();

    public Dictionary<long, TurnAction.RunActivity> Activities { get; } = [];

    public Dictionary<long, DateTimeOffset> Timers { get; } = [];

    public void Begin(string input, long calls, DateTimeOffset now, IReadOnlyList<EventCame> carried)
    {
        History.Clear();
        Activities.Clear();
        Timers.Clear();
        var rest = Inbox.ToList();
        Inbox.Clear();
        Inbox.Enqueue(new Started { At = now, Format = Started.CurrentFormat, Workflow = workflow, Input = input, Calls = calls });
        foreach (var came in carried.Concat(rest))
            Inbox.Enqueue(came);
    }

    public IEnumerable<ArrivedEvent> TakeInbox(DateTimeOffset now)
    {
        while (Inbox.TryDequeue(out var arrived))
            yield return arrived with { At = now };
    }

    public void End(WorkflowStatus status, string? result, WorkflowFailure? why)
    {
        (Status, output, failure, EndedAt) = (status, result, why, clock.GetUtcNow());
        foreach (var waiter in waiters)
            waiter();
    }

    /// <summary>Tells whoever called this workflow how it ended, now or later.</summary>
    public void Tell(Action<Func<long, ArrivedEvent>> tell, DateTimeOffset now)
    {
        void Say() => tell(call => failure is null
            ? new WorkflowCompleted { At = now, Call = call, Output = output! }
            : new WorkflowFailed { At = now, Call = call, Failure = failure });
        if (Status == WorkflowStatus.Running)
            waiters.Add(Say);
        else
            Say();
    }

    public WorkflowState State(string id, DateTimeOffset now) => new()
    {
        InstanceId = id,
        Workflow = workflow,
        Status = Status,
        Output = output,
        Failure = failure ?? Parked,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
