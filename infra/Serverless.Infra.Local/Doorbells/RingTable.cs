using System.Globalization;
using Serverless.Core.Doorbells;
using Serverless.Infra.Local.Sqlite;

namespace Serverless.Infra.Local.Doorbells;

/// <summary>The statements of the doorbell. <c>due</c> and <c>delay</c> are milliseconds; <c>due</c> counts from 1970 and is read at the next start only.</summary>
internal sealed class RingTable(TimeProvider clock)
{
    /// <summary>What is stored for a delay that begins now.</summary>
    public long Due(TimeSpan delay) => delay == TimeSpan.Zero ? 0 : clock.GetUtcNow().ToUnixTimeMilliseconds() + (long)delay.TotalMilliseconds;

    /// <summary>All rings, oldest first, with what is left of their delays: never more than the whole delay, wherever the clock was set meanwhile.</summary>
    public List<(string Queue, WaitingRing Ring, TimeSpan Delay)> Load(SqliteSession session)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return session.All("SELECT seq, queue, id, order_key, due, delay, deliveries FROM rings ORDER BY seq", row =>
        {
            var ring = new WaitingRing(row.GetInt64(0), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)) { Deliveries = row.GetInt32(6) };
            return (row.GetString(1), ring, TimeSpan.FromMilliseconds(Math.Clamp(row.GetInt64(4) - now, 0, row.GetInt64(5))));
        });
    }

    public static long Insert(SqliteSession session, string queue, string id, RingOptions options, long due)
    {
        session.Execute(
            "INSERT INTO rings (queue, id, order_key, due, delay, deliveries) VALUES ($1, $2, $3, $4, $5, 0)",
            queue, id, options.OrderKey ?? (object)DBNull.Value, due, (long)options.Delay.TotalMilliseconds);
        return session.Number("SELECT last_insert_rowid()");
    }

    public static int Hide(SqliteSession session, long sequence, int deliveries, long due, TimeSpan delay) => session.Execute(
        "UPDATE rings SET deliveries = $2, due = $3, delay = $4 WHERE seq = $1", sequence, deliveries, due, (long)delay.TotalMilliseconds);

    public static int Delete(SqliteSession session, long sequence) => session.Execute("DELETE FROM rings WHERE seq = $1", sequence);

    public static int PutAside(SqliteSession session, string queue, WaitingRing ring, string reason, DateTimeOffset at)
    {
        session.Execute(
            "INSERT INTO dead_rings (queue, id, reason, at) VALUES ($1, $2, $3, $4)", queue, ring.Id, reason, at.UtcTicks);
        session.Execute(
            "DELETE FROM dead_rings WHERE queue = $1 AND seq <= (SELECT seq FROM dead_rings WHERE queue = $1 ORDER BY seq DESC LIMIT 1 OFFSET $2)",
            queue, (long)RingRules.MaxDead);
        return Delete(session, ring.Sequence);
    }

    public static List<DeadRing> Dead(SqliteSession session, string queue) => session.All(
        "SELECT id, reason, at FROM dead_rings WHERE queue = $1 ORDER BY seq DESC LIMIT $2",
        row => new DeadRing(row.GetString(0), row.GetString(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero)),
        queue, (long)RingRules.MaxDead);

    /// <summary>A receipt is <c>{sequence}-{deliveries}</c>.</summary>
    public static bool TryReadReceipt(string receipt, out long sequence, out int deliveries)
    {
        deliveries = 0;
        var dash = receipt.IndexOf('-');
        return long.TryParse(receipt.AsSpan(0, Math.Max(dash, 0)), NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
            && int.TryParse(receipt.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out deliveries);
    }
}
