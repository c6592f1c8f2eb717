using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Replay;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>One workflow of a <see cref="StepEngine"/>: what a store would hold of it.</summary>
internal sealed class StepInstance(string workflow)
{
    private readonly List<Action> waiters = [];
    private WorkflowFailure? failure;
    private string? output;

    public WorkflowStatus Status { get; private set; } = WorkflowStatus.Running;

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
        (Status, output, failure) = (status, result, why);
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
        Failure = failure,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
