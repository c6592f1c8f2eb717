using Microsoft.Data.Sqlite;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>Reads instances and what waits for them.</summary>
internal static class InstanceReader
{
    private const string Columns = "id, workflow, status, custom_status, input, output, coalesce(failure, parked), created_at, updated_at";

    public static WorkflowState? Find(SqliteSession session, string instanceId) =>
        session.Query($"SELECT {Columns} FROM instances WHERE id = $1", State, instanceId).FirstOrDefault();

    public static IReadOnlyList<WorkflowState> List(SqliteSession session, WorkflowStatus? status, int limit) => status is { } only
        ? session.Query($"SELECT {Columns} FROM instances WHERE status = $1 ORDER BY key DESC LIMIT $2", State, (long)only, (long)limit)
        : session.Query($"SELECT {Columns} FROM instances ORDER BY key DESC LIMIT $1", State, (long)limit);

    public static IReadOnlyList<long> Ready(SqliteSession session) => session.Query(
        """
        SELECT key FROM instances WHERE status = 0 AND length = 0
        UNION SELECT i.key FROM instances i WHERE i.status = 0 AND i.id IN (SELECT instance_id FROM inbox)
        """,
        row => row.GetInt64(0));

    public static InstanceRow? Load(SqliteSession session, long key) => session.Query(
        "SELECT id, workflow, input, length, calls, carried FROM instances WHERE key = $1 AND status = 0",
        row => new InstanceRow(key, row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4), HistoryJson.ReadEvents(row.Text(5))),
        key).FirstOrDefault();

    public static IReadOnlyList<HistoryEvent> History(SqliteSession session, long key) =>
        session.Query("SELECT event FROM history WHERE instance = $1 ORDER BY position", row => HistoryJson.Read(row.GetString(0)), key);

    public static IReadOnlyList<InboxLine> Inbox(SqliteSession session, string instanceId, int limit) => session.Query(
        "SELECT line, event FROM inbox WHERE instance_id = $1 ORDER BY line LIMIT $2",
        row => new InboxLine(row.GetInt64(0), (ArrivedEvent)HistoryJson.Read(row.GetString(1))),
        instanceId, (long)limit);

    public static IReadOnlyList<DueItem> Due(SqliteSession session, DateTimeOffset after, DateTimeOffset upTo) => session.Query(
        """
        SELECT instance, call, 0, due FROM timers WHERE due > $1 AND due <= $2
        UNION ALL SELECT instance, call, 1, due FROM activities WHERE due > $1 AND due <= $2
        ORDER BY due
        """,
        row => new DueItem(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2) == 1),
        after.UtcTicks, upTo.UtcTicks);

    public static DateTimeOffset? NextDue(SqliteSession session, DateTimeOffset after)
    {
        var next = session.Query(
            "SELECT min(due) FROM timers WHERE due > $1 UNION ALL SELECT min(due) FROM activities WHERE due > $1",
            row => row.IsDBNull(0) ? long.MaxValue : row.GetInt64(0),
            after.UtcTicks).Min();
        return next == long.MaxValue ? null : new DateTimeOffset(next, TimeSpan.Zero);
    }

    public static ActivityTask? Activity(SqliteSession session, long key, long call) => session.Query(
        "SELECT i.id, a.attempt, a.name, a.input, a.starts FROM activities a JOIN instances i ON i.key = a.instance WHERE a.instance = $1 AND a.call = $2",
        row => new ActivityTask(row.GetString(0), call, row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetInt32(4)),
        key, call).FirstOrDefault();

    private static WorkflowState State(SqliteDataReader row) => new()
    {
        InstanceId = row.GetString(0),
        Workflow = row.GetString(1),
        Status = (WorkflowStatus)row.GetInt32(2),
        CustomStatus = row.Text(3),
        Input = row.Text(4),
        Output = row.Text(5),
        Failure = HistoryJson.ReadFailure(row.Text(6)),
        CreatedAt = row.Time(7),
        UpdatedAt = row.Time(8),
    };
}
