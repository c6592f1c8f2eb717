using Microsoft.Data.Sqlite;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>The store on one SQLite file (WAL, full synchronous): writes through one <see cref="CommitLoop"/>, reads beside it.</summary>
internal sealed class SqliteWorkflowStore : IWorkflowStore
{
    private readonly CommitLoop writer;
    private readonly SqliteReaders readers;
    private readonly Lazy<SqliteSession> watch;

    private SqliteWorkflowStore(SqliteSession session, string path, Action<CommitMoment>? probe)
    {
        writer = new CommitLoop(session, path, probe);
        readers = new SqliteReaders(path);
        watch = new Lazy<SqliteSession>(() => SqliteFile.Open(path));
    }

    /// <summary>Opens the file, and makes it when it is not there.</summary>
    /// <exception cref="ServerlessException">It cannot be opened, is damaged, or is of a newer schema.</exception>
    public static SqliteWorkflowStore Open(string path, long maxFileBytes, Action<CommitMoment>? probe = null)
    {
        try
        {
            return new SqliteWorkflowStore(SqliteFile.OpenWriter(path, maxFileBytes), path, probe);
        }
        catch (SqliteException error)
        {
            throw StoreErrors.Of(error, path);
        }
    }

    public Task<long?> StartAsync(NewInstance instance, CancellationToken cancel) => writer.RunAsync(session =>
    {
        var key = InstanceWriter.Insert(session, instance.Id, instance.Workflow, instance.Input, instance.Now);
        if (key is not null)
            session.Execute("DELETE FROM inbox WHERE instance_id = $1 AND at < $2", instance.Id, instance.EventsSince.UtcTicks);
        return key;
    }, cancel);

    public Task<long?> RaiseAsync(string instanceId, EventCame came, int maxUntaken, CancellationToken cancel) => writer.RunAsync(session =>
    {
        var (key, status, untaken) = session.Query(
            "SELECT key, status, untaken FROM instances WHERE id = $1",
            row => ((long?)row.GetInt64(0), (WorkflowStatus)row.GetInt32(1), row.GetInt64(2)), instanceId).FirstOrDefault((null, WorkflowStatus.Running, 0));
        if (status != WorkflowStatus.Running)
            return null;
        untaken += session.Scalar<long>("SELECT count(*) FROM inbox WHERE instance_id = $1", instanceId);
        if (untaken >= maxUntaken)
            throw new ServerlessException(ProblemCodes.Busy, $"{untaken:N0} events wait for the instance {Shown.Quote(instanceId)}; the limit is {maxUntaken:N0}.",
                "Send it again once the workflow has taken some.", retryable: true);
        InstanceWriter.Deliver(session, instanceId, came);
        return key;
    }, cancel);

    public Task<EndOutcome> TerminateAsync(string instanceId, string reason, DateTimeOffset now, CancellationToken cancel) =>
        writer.RunAsync(session => InstanceWriter.Terminate(session, instanceId, reason, now), cancel);

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) =>
        writer.RunAsync(session => InstanceWriter.Purge(session, instanceId), cancel);

    public Task<int> PurgeEndedAsync(DateTimeOffset before, int limit, CancellationToken cancel) =>
        writer.RunAsync(session => InstanceWriter.PurgeEnded(session, before, limit), cancel);

    public WorkflowState? Find(string instanceId) => readers.Read(session => InstanceReader.Find(session, instanceId));

    public IReadOnlyList<WorkflowState> List(WorkflowStatus? status, int limit) => readers.Read(session => InstanceReader.List(session, status, limit));

    public Task<long> TakeLeaseAsync(string owner, DateTimeOffset now, CancellationToken cancel) => writer.RunAsync(session =>
    {
        if (session.Scalar<string>("SELECT owner FROM lease") is { Length: > 0 })
            session.Execute("UPDATE activities SET starts = 1 WHERE starts = 0 AND due <= $1", now.UtcTicks);
        session.Execute("UPDATE lease SET owner = $1, epoch = epoch + 1", owner);
        return session.Scalar<long>("SELECT epoch FROM lease");
    }, cancel);

    public Task GiveLeaseBackAsync(long epoch, CancellationToken cancel) =>
        writer.RunAsync(session => session.Execute("UPDATE lease SET owner = '' WHERE epoch = $1", epoch), cancel);

    public IReadOnlyList<long> Ready() => readers.Read(InstanceReader.Ready);

    public InstanceRow? Load(long key) => readers.Read(session => InstanceReader.Load(session, key));

    public IReadOnlyList<HistoryEvent> History(long key) => readers.Read(session => InstanceReader.History(session, key));

    public IReadOnlyList<InboxLine> Inbox(string instanceId, int limit) => readers.Read(session => InstanceReader.Inbox(session, instanceId, limit));

    public IReadOnlyList<DueItem> Due(DateTimeOffset after, DateTimeOffset upTo) => readers.Read(session => InstanceReader.Due(session, after, upTo));

    public DateTimeOffset? NextDue(DateTimeOffset after) => readers.Read(session => InstanceReader.NextDue(session, after));

    public ActivityTask? Activity(long key, long call) => readers.Read(session => InstanceReader.Activity(session, key, call));

    public Task CountStartAsync(long key, long call, int attempt, CancellationToken cancel) => writer.RunAsync(
        session => session.Execute("UPDATE activities SET starts = starts + 1 WHERE instance = $1 AND call = $2 AND attempt = $3", key, call, (long)attempt), cancel);

    public Task ParkAsync(long epoch, long key, WorkflowFailure why, CancellationToken cancel) => writer.RunAsync(
        session => session.Execute("UPDATE instances SET parked = $1 WHERE key = $2 AND status = 0 AND (SELECT epoch FROM lease) = $3", HistoryJson.Write(why), key, epoch), cancel);

    public Task<TurnOutcome> CommitAsync(TurnCommit commit, CancellationToken cancel) => writer.RunAsync(session =>
    {
        var (owner, current) = session.Query("SELECT owner, epoch FROM lease", row => (row.GetString(0), row.GetInt64(1)))[0];
        return current == commit.Epoch ? TurnWriter.Write(session, commit) : throw new LeaseLostException(commit.Epoch, owner, current);
    }, cancel);

    public Task ForgetEventsAsync(DateTimeOffset before, CancellationToken cancel) => writer.RunAsync(
        session => session.Execute("DELETE FROM inbox WHERE at < $1 AND instance_id NOT IN (SELECT id FROM instances)", before.UtcTicks), cancel);

    public long ForeignVersion()
    {
        lock (watch)
            return watch.Value.Scalar<long>("PRAGMA data_version");
    }

    public Task CheckWritableAsync(CancellationToken cancel) =>
        writer.RunAsync(session => session.Execute("UPDATE lease SET owner = owner"), cancel);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        readers.Dispose();
        if (watch.IsValueCreated)
            watch.Value.Dispose();
    }
}
