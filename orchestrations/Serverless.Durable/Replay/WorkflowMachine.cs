using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Durable.Replay;

/// <summary>
/// Runs a workflow's code from its history. No I/O, no clock, no thread of its own: history and arrivals go in, events and actions come out,
/// and the same input gives the same output. One turn at a time; the caller sees to that.
/// </summary>
internal sealed class WorkflowMachine
{
    private readonly WorkflowCatalog catalog;
    private readonly CommandLog log;
    private readonly MachineContext context;
    private readonly TurnQueue queue = new();
    private Task<string>? root;
    private Exception? broken;

    public WorkflowMachine(string instanceId, WorkflowCatalog catalog, MachineLimits limits)
    {
        InstanceId = instanceId;
        this.catalog = catalog;
        log = new CommandLog(instanceId, limits.HistoryEvents);
        context = new MachineContext(instanceId, catalog, limits, log, queue);
    }

    public string InstanceId { get; }

    /// <summary>Events in the history after the last turn.</summary>
    public int Length => log.Length;

    /// <summary>Told when the code proves, between turns, that it awaits something foreign: the next turn then fails the workflow.</summary>
    public Action? ForeignCame
    {
        get => queue.ForeignCame;
        set => queue.ForeignCame = value;
    }

    /// <summary>Brings the code to where the history ends.</summary>
    public void Replay(IReadOnlyList<HistoryEvent> history)
    {
        log.BeginReplay(history);
        while (broken is null && log.NextArrived() is { } arrived)
        {
            Deliver(arrived);
            broken ??= log.CheckAllDone();
        }

        log.EndReplay();
        context.TakeActions();
        context.TakeStatus();
    }

    /// <summary>Takes what arrived, one after another, and runs the code as far as it goes.</summary>
    public Turn Run(IReadOnlyList<ArrivedEvent> arrivals)
    {
        var ending = Ending();
        foreach (var arrived in arrivals)
        {
            if (ending is null)
            {
                Deliver(arrived);
                ending = Ending();
            }
            else if (arrived is EventCame came && ending is TurnEnding.ContinuedAsNew)
            {
                context.Events.Keep(came);
                ending = Ending();
            }
        }

        if (ending is TurnEnding.Failed failed && broken is not null)
            log.Append(new Failed { Failure = failed.Failure });
        return new Turn
        {
            Events = log.TakeNew(),
            Actions = context.TakeActions(),
            Ending = ending,
            CustomStatus = context.TakeStatus(),
            Untaken = context.Events.Untaken.Count,
        };
    }

    private void Deliver(ArrivedEvent arrived)
    {
        if (arrived is Started started)
        {
            log.Arrive(started);
            context.Begin(started);
            if (!catalog.Workflows.TryGetValue(started.Workflow, out var entry))
            {
                broken = new ServerlessException("unknown_workflow", $"There is no workflow '{started.Workflow}' here.", "Run the version that has it.");
                return;
            }

            queue.Run(() => root = entry.RunAsync(context, started.Input));
        }
        else if (context.Expects(arrived))
        {
            log.Arrive(arrived);
            context.Now = arrived.At;
            queue.RunSettlement(() => context.Accept(arrived));
        }

        CloseRun();
    }

    /// <summary>Says, once the code rests, whether it has ended or can never go on.</summary>
    private void CloseRun()
    {
        broken ??= context.Broken ?? queue.Escaped;
        if (broken is not null)
            return;
        if (queue.HasForeign || root is null || (!root.IsCompleted && context.PendingCount == 0))
        {
            broken = Foreign();
        }
        else if (root.IsCompleted && context.Next is null)
        {
            CommandEvent last = root.IsCompletedSuccessfully
                ? new Completed { Output = root.Result }
                : new Failed { Failure = FailureOf(root) };
            broken = log.TryRecord(last);
        }
    }

    private TurnEnding? Ending()
    {
        if (broken is null && queue.HasForeign)
            broken = Foreign();
        if (broken is not null)
            return new TurnEnding.Failed(WorkflowFailures.Of(broken));
        if (root is not { IsCompleted: true })
            return null;
        if (!root.IsCompletedSuccessfully)
            return new TurnEnding.Failed(FailureOf(root));
        return context.Next is { } next
            ? new TurnEnding.ContinuedAsNew(next, context.Calls, [.. context.Events.Untaken])
            : new TurnEnding.Completed(root.Result);
    }

    private static WorkflowFailure FailureOf(Task<string> ended) =>
        WorkflowFailures.Of(ended.Exception?.InnerException ?? new TaskCanceledException("The workflow's code was cancelled by its own token."));

    private ServerlessException Foreign() => new(
        "foreign_await",
        $"The workflow of instance '{InstanceId}' awaits something that is not its context's, after event {log.Length} of its history.",
        "Await only the tasks of IWorkflowContext, and Task.WhenAny and Task.WhenAll over them. What waits, runs or reads belongs into an activity.");
}
