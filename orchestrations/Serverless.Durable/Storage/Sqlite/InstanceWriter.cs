using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>The steps of a transaction that several features share: an instance begins, gets something, ends, is forgotten.</summary>
internal static class InstanceWriter
{
    /// <summary>Adds an instance; null when its id is taken.</summary>
    public static long? Insert(SqliteSession session, string id, string workflow, string input, DateTimeOffset now)
    {
        var isNew = session.Execute(
            "INSERT INTO instances(id, workflow, status, input, created_at, updated_at) VALUES($1, $2, 0, $3, $4, $4) ON CONFLICT(id) DO NOTHING",
            id, workflow, input, now.UtcTicks) == 1;
        return isNew ? session.Scalar<long>("SELECT last_insert_rowid()") : null;
    }

    /// <summary>Puts something into an inbox.</summary>
    public static void Deliver(SqliteSession session, string instanceId, ArrivedEvent arrived) =>
        session.Execute("INSERT INTO inbox(instance_id, event, at) VALUES($1, $2, $3)", instanceId, HistoryJson.Write(arrived), arrived.At.UtcTicks);

    /// <summary>Ends an instance and tells those that wait for it.</summary>
    /// <returns>The keys of those that were told.</returns>
    public static List<long> End(SqliteSession session, long key, string id, WorkflowStatus status, string? output, WorkflowFailure? failure, DateTimeOffset now)
    {
        session.Execute(
            "UPDATE instances SET status = $1, output = $2, failure = $3, updated_at = $4, untaken = 0, carried = NULL WHERE key = $5",
            (long)status, output, failure is null ? null : HistoryJson.Write(failure), now.UtcTicks, key);
        Clear(session, key);
        session.Execute("DELETE FROM inbox WHERE instance_id = $1", id);
        var waiting = session.Query(
            "SELECT w.parent, w.call, p.id FROM waiters w JOIN instances p ON p.key = w.parent WHERE w.child = $1",
            row => (Parent: row.GetInt64(0), Call: row.GetInt64(1), Id: row.GetString(2)), key);
        foreach (var (_, call, parentId) in waiting)
        {
            Deliver(session, parentId, failure is null
                ? new WorkflowCompleted { At = now, Call = call, Output = output! }
                : new WorkflowFailed { At = now, Call = call, Failure = failure });
        }

        session.Execute("DELETE FROM waiters WHERE child = $1", key);
        return [.. waiting.Select(one => one.Parent)];
    }

    /// <summary>Drops what an instance waits for.</summary>
    public static void Clear(SqliteSession session, long key)
    {
        session.Execute("DELETE FROM activities WHERE instance = $1", key);
        session.Execute("DELETE FROM timers WHERE instance = $1", key);
        session.Execute("DELETE FROM waiters WHERE parent = $1", key);
    }

    /// <summary>Ends an instance where it stands, and then those that it started and waits for.</summary>
    public static EndOutcome Terminate(SqliteSession session, string instanceId, string reason, DateTimeOffset now)
    {
        var ended = new List<string>();
        var woken = new List<long>();
        var left = new Queue<(long Key, string Id)>(Running(session, "SELECT key, id FROM instances WHERE id = $1 AND status = 0", instanceId));
        while (left.TryDequeue(out var one))
        {
            foreach (var child in Running(session, "SELECT c.key, c.id FROM waiters w JOIN instances c ON c.key = w.child WHERE w.parent = $1 AND w.started = 1 AND c.status = 0", one.Key))
                left.Enqueue(child);
            var failure = new WorkflowFailure("terminated", $"The workflow '{one.Id}' was terminated: {reason}", null, false);
            woken.AddRange(End(session, one.Key, one.Id, WorkflowStatus.Terminated, null, failure, now));
            ended.Add(one.Id);
        }

        return new EndOutcome(ended, woken);
    }

    /// <summary>Forgets an instance that has ended.</summary>
    public static bool Purge(SqliteSession session, string instanceId)
    {
        var key = session.Scalar<long>("SELECT key FROM instances WHERE id = $1 AND status <> 0", instanceId);
        if (key != 0)
            Forget(session, key);
        return key != 0;
    }

    /// <summary>Forgets instances that ended before a time, the oldest first.</summary>
    public static int PurgeEnded(SqliteSession session, DateTimeOffset before, int limit)
    {
        var keys = session.Query("SELECT key FROM instances WHERE status <> 0 AND updated_at < $1 ORDER BY updated_at LIMIT $2",
            row => row.GetInt64(0), before.UtcTicks, (long)limit);
        foreach (var key in keys)
            Forget(session, key);
        return keys.Count;
    }

    private static void Forget(SqliteSession session, long key)
    {
        session.Execute("DELETE FROM history WHERE instance = $1", key);
        session.Execute("DELETE FROM instances WHERE key = $1", key);
    }

    private static List<(long Key, string Id)> Running(SqliteSession session, string sql, object value) =>
        session.Query(sql, row => (row.GetInt64(0), row.GetString(1)), value);
}
