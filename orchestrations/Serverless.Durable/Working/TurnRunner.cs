using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Options;
using Serverless.Durable.Replay;
using Serverless.Durable.Storage;

namespace Serverless.Durable.Working;

/// <summary>Makes one turn of one instance: loads what is needed, runs the code, stores what came of it.</summary>
internal sealed class TurnRunner(IWorkflowStore store, WorkflowCatalog catalog, DurableOptions options, TimeProvider time, long epoch, Action<long> wake)
{
    /// <summary>Makes a turn from what has arrived.</summary>
    /// <returns>What was stored; null when there was nothing to do, or the instance has ended or moved on.</returns>
    public async Task<(TurnCommit Commit, TurnOutcome Outcome)?> RunAsync(LiveInstance live, List<ArrivedEvent> arrived, bool hasInbox)
    {
        List<ArrivedEvent> first = [];
        if (live.Machine is null && !Load(live, first))
        {
            live.Leave();
            return null;
        }

        var machine = live.Machine!;
        var lines = hasInbox ? store.Inbox(machine.InstanceId, options.MaxTurnArrivals) : [];
        if (lines.Count == options.MaxTurnArrivals)
            live.TryWake(null, out _);
        var now = time.GetUtcNow();
        var lengthBefore = machine.Length;
        var turn = machine.Run([.. first.Concat(lines.Select(line => line.Arrived)).Concat(arrived).Select(one => one with { At = now })]);
        if (lines.Count == 0 && turn.Events.Count == 0 && turn.Ending is null)
            return null;

        var commit = new TurnCommit(epoch, live.Key, machine.InstanceId, lengthBefore, turn, [.. lines.Select(line => line.Line)], now);
        var outcome = await store.CommitAsync(commit, CancellationToken.None);
        if (!outcome.IsApplied)
            live.Leave();
        else if (turn.Ending is TurnEnding.ContinuedAsNew)
            live.Machine = null;
        else if (turn.Ending is not null)
            live.Leave();
        return outcome.IsApplied ? (commit, outcome) : null;
    }

    /// <summary>Brings the code to where its history ends; a history that is empty yet begins with the turn that follows.</summary>
    private bool Load(LiveInstance live, List<ArrivedEvent> first)
    {
        if (store.Load(live.Key) is not { } row)
            return false;
        var machine = new WorkflowMachine(row.Id, catalog, options.Limits) { ForeignCame = () => wake(live.Key) };
        if (row.Length == 0)
        {
            first.Add(new Started { At = default, Format = Started.CurrentFormat, Workflow = row.Workflow, Input = row.Input, Calls = row.Calls });
            first.AddRange(row.Carried);
        }
        else
        {
            var history = store.History(live.Key);
            if (history.Count != row.Length)
                throw new ServerlessException(ProblemCodes.Internal, $"The history of workflow '{row.Id}' has {history.Count:N0} of its {row.Length:N0} events: the store is damaged.",
                    "Put back a copy of the store, or terminate the instance.");
            machine.Replay(history);
        }

        live.Machine = machine;
        return true;
    }
}
