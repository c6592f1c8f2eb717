using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>
/// The one writer. What waits when a transaction begins goes into that one transaction (group commit): one flush of the disk for many turns.
/// When a transaction fails, each of its items is tried in a transaction of its own, so that one bad item harms no other.
/// </summary>
internal sealed class CommitLoop : IAsyncDisposable
{
    // Waiting writers beyond this wait for room: memory stays bounded under a flood of calls.
    private const int QueueLength = 4_096;

    // Most items of one transaction: about ten milliseconds of work, which the first of them has to wait for.
    private const int GroupSize = 256;

    private readonly Channel<CommitItem> queue = Channel.CreateBounded<CommitItem>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly SqliteSession session;
    private readonly string path;
    private readonly Action<CommitMoment>? probe;
    private readonly Task loop;

    public CommitLoop(SqliteSession session, string path, Action<CommitMoment>? probe)
    {
        this.session = session;
        this.path = path;
        this.probe = probe;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Does work in a transaction and completes once that is on the disk.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken cancel)
    {
        var item = new CommitItem<T>(work);
        try
        {
            await queue.Writer.WriteAsync(item, cancel);
        }
        catch (ChannelClosedException error)
        {
            throw new ServerlessException(ProblemCodes.Unavailable, "The workflow store is closed.", "Start the host again.", retryable: true, inner: error);
        }

        return await item.Done; // not with the token: once queued, it will be stored, and the caller must know
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        session.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<CommitItem>(GroupSize);
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < GroupSize && queue.Reader.TryRead(out var item))
                group.Add(item);
            if (Commit(group) is not { } error)
                continue;
            foreach (var item in group)
            {
                if (group.Count == 1)
                    item.Fail(error);
                else if (Commit([item]) is { } own)
                    item.Fail(own);
            }
        }
    }

    private Exception? Commit(List<CommitItem> group)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var item in group)
                item.Run(session);
            probe?.Invoke(CommitMoment.Before);
            session.Execute("COMMIT");
        }
        catch (Exception error)
        {
            RollBack();
            return error is SqliteException known ? StoreErrors.Of(known, path) : error;
        }

        probe?.Invoke(CommitMoment.After);
        foreach (var item in group)
            item.Complete();
        return null;
    }

    private void RollBack()
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Some errors (full, I/O) end the transaction by themselves, or it never began.
        }
    }

    private abstract class CommitItem
    {
        public abstract void Run(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception error);
    }

    private sealed class CommitItem<T>(Func<SqliteSession, T> work) : CommitItem
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Done => done.Task;

        public override void Run(SqliteSession session) => result = work(session);

        public override void Complete() => done.TrySetResult(result!);

        public override void Fail(Exception error) => done.TrySetException(error);
    }
}
