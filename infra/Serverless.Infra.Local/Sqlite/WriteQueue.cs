using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Failures;

namespace Serverless.Infra.Local.Sqlite;

/// <summary>
/// The one writer of a database. Writes that wait while a commit runs go into the next transaction together, so that they share its flush to the disk
/// (group commit). When a transaction fails, each of its writes is tried in one of its own: only the guilty one fails.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private readonly LocalDatabaseOptions options;
    private readonly SqliteSession session;
    private readonly Channel<IWrite> writes;
    private readonly Task loop;

    public WriteQueue(SqliteSession session, LocalDatabaseOptions options)
    {
        this.session = session;
        this.options = options;
        writes = Channel.CreateBounded<IWrite>(new BoundedChannelOptions(options.MaxQueuedWrites) { SingleReader = true });
        loop = Task.Run(RunAsync);
    }

    /// <summary>Writes, and returns once it is on the disk.</summary>
    /// <param name="write">Changes the database. It may be run again after a roll-back, so it changes nothing else.</param>
    /// <param name="committed">Runs right after the commit, in the order of the commits, before any other write begins; quick, and never failing.</param>
    /// <param name="cancel">Breaks off the wait for a place; a write that has one is carried out.</param>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> write, Action<T>? committed, CancellationToken cancel)
    {
        var queued = new Write<T>(write, committed);
        try
        {
            await writes.Writer.WriteAsync(queued, cancel);
        }
        catch (ChannelClosedException)
        {
            throw new ServerlessException(ProblemCodes.Unavailable, "The database is being closed.", "Try again once the host is back.", retryable: true);
        }

        return await queued.Done;
    }

    public async ValueTask DisposeAsync()
    {
        writes.Writer.TryComplete();
        await loop;
        session.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<IWrite>(options.MaxBatch);
        while (await writes.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < options.MaxBatch && writes.Reader.TryRead(out var write))
                batch.Add(write);
            if (Commit(batch) is not { } failure)
                continue;
            if (batch.Count == 1)
                batch[0].Fail(failure);
            else
                batch.ForEach(CommitAlone);
        }
    }

    private void CommitAlone(IWrite write)
    {
        if (Commit([write]) is { } failure)
            write.Fail(failure);
    }

    /// <summary>The loop's top: a write that throws whatever it likes fails alone and never ends the loop.</summary>
    private Exception? Commit(List<IWrite> batch)
    {
        try
        {
            session.Transact(() =>
            {
                batch.ForEach(write => write.Run(session));
                return true;
            });
        }
        catch (SqliteException failed)
        {
            return LocalFailures.OfDatabase(options.File, failed);
        }
        catch (Exception failed)
        {
            return failed;
        }

        batch.ForEach(write => write.Succeed());
        return null;
    }

    private interface IWrite
    {
        void Run(SqliteSession session);

        void Succeed();

        void Fail(Exception failure);
    }

    private sealed class Write<T>(Func<SqliteSession, T> write, Action<T>? committed) : IWrite
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Done => done.Task;

        public void Run(SqliteSession session) => result = write(session);

        public void Succeed()
        {
            committed?.Invoke(result);
            done.SetResult(result);
        }

        public void Fail(Exception failure) => done.SetException(failure);
    }
}
