using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Replay;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>Stores a turn: its history, calls, timers, called workflows, and its instance's end.</summary>
internal static class TurnWriter
{
    public static TurnOutcome Write(SqliteSession session, TurnCommit commit)
    {
        var turn = commit.Turn;
        var length = turn.Ending is TurnEnding.ContinuedAsNew ? 0 : commit.LengthBefore + turn.Events.Count;
        var isCurrent = session.Execute(
            """
            UPDATE instances SET length = $1, untaken = $2, custom_status = coalesce($3, custom_status), carried = NULL, parked = NULL, updated_at = $4
            WHERE key = $5 AND status = 0 AND length = $6
            """,
            length, turn.Untaken, turn.CustomStatus, commit.Now.UtcTicks, commit.Key, commit.LengthBefore) == 1;
        if (!isCurrent)
            return new TurnOutcome(false, []);

        foreach (var line in commit.Taken)
            session.Execute("DELETE FROM inbox WHERE line = $1", line);
        if (turn.Ending is TurnEnding.ContinuedAsNew next)
            return new TurnOutcome(true, ContinueAsNew(session, commit.Key, next));

        WriteHistory(session, commit);
        if (turn.Ending is not null)
            return new TurnOutcome(true, End(session, commit));
        var woken = new List<long>();
        foreach (var action in turn.Actions)
            Do(session, commit, action, woken);
        return new TurnOutcome(true, woken);
    }

    private static void WriteHistory(SqliteSession session, TurnCommit commit)
    {
        var position = commit.LengthBefore;
        foreach (var entry in commit.Turn.Events)
            session.Execute("INSERT INTO history(instance, position, event) VALUES($1, $2, $3)", commit.Key, (long)position++, HistoryJson.Write(entry));
    }

    private static void Do(SqliteSession session, TurnCommit commit, TurnAction action, List<long> woken)
    {
        switch (action)
        {
            case TurnAction.RunActivity run:
                session.Execute(
                    "INSERT OR REPLACE INTO activities(instance, call, attempt, name, input, due) VALUES($1, $2, $3, $4, $5, $6)",
                    commit.Key, run.Call, run.Attempt, run.Name, run.Input, run.Due.UtcTicks);
                break;
            case TurnAction.DropActivity:
                session.Execute("DELETE FROM activities WHERE instance = $1 AND call = $2", commit.Key, action.Call);
                break;
            case TurnAction.SetTimer timer:
                session.Execute("INSERT INTO timers(instance, call, due) VALUES($1, $2, $3)", commit.Key, timer.Call, timer.Due.UtcTicks);
                break;
            case TurnAction.DropTimer:
                session.Execute("DELETE FROM timers WHERE instance = $1 AND call = $2", commit.Key, action.Call);
                break;
            case TurnAction.StartWorkflow start:
                Call(session, commit, start, woken);
                break;
        }
    }

    /// <summary>Starts the called workflow, or waits for the one that is there; one that has ended answers at once.</summary>
    private static void Call(SqliteSession session, TurnCommit commit, TurnAction.StartWorkflow start, List<long> woken)
    {
        var started = InstanceWriter.Insert(session, start.InstanceId, start.Workflow, start.Input, commit.Now);
        if (started is { } key)
            woken.Add(key);
        var child = session.Query(
            "SELECT key, status, output, failure FROM instances WHERE id = $1",
            row => (Key: row.GetInt64(0), Status: (WorkflowStatus)row.GetInt32(1), Output: row.Text(2), Failure: row.Text(3)), start.InstanceId)[0];
        if (child.Status == WorkflowStatus.Running)
        {
            session.Execute("INSERT INTO waiters(child, parent, call, started) VALUES($1, $2, $3, $4)", child.Key, commit.Key, start.Call, started is null ? 0 : 1);
            return;
        }

        ArrivedEvent answer = child.Status == WorkflowStatus.Completed
            ? new WorkflowCompleted { At = commit.Now, Call = start.Call, Output = child.Output! }
            : new WorkflowFailed { At = commit.Now, Call = start.Call, Failure = HistoryJson.ReadFailure(child.Failure)! };
        InstanceWriter.Deliver(session, commit.InstanceId, answer);
        woken.Add(commit.Key);
    }

    private static List<long> ContinueAsNew(SqliteSession session, long key, TurnEnding.ContinuedAsNew next)
    {
        InstanceWriter.Clear(session, key);
        session.Execute("DELETE FROM history WHERE instance = $1", key);
        session.Execute(
            "UPDATE instances SET input = $1, calls = $2, carried = $3 WHERE key = $4",
            next.Input, next.Calls, next.Untaken.Count == 0 ? null : HistoryJson.Write([.. next.Untaken]), key);
        return [key];
    }

    private static List<long> End(SqliteSession session, TurnCommit commit) => commit.Turn.Ending switch
    {
        TurnEnding.Completed completed => InstanceWriter.End(session, commit.Key, commit.InstanceId, WorkflowStatus.Completed, completed.Output, null, commit.Now),
        TurnEnding.Failed failed => InstanceWriter.End(session, commit.Key, commit.InstanceId, WorkflowStatus.Failed, null, failed.Failure, commit.Now),
        _ => throw new InvalidOperationException("A run that goes on has no end."),
    };
}
