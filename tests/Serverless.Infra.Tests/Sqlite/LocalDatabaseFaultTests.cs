using Microsoft.Data.Sqlite;
using Serverless.Contracts.Problems;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Documents;
using Serverless.Infra.Local.Doorbells;
using Serverless.Infra.Local.Sqlite;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Sqlite;

public sealed class LocalDatabaseFaultTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string DatabaseFile => folder["serverless.db"];

    [Fact]
    public async Task Write_DatabaseFull_IsStorageFull_AndGoesOnWhenThereIsSpace()
    {
        await using var database = Open();
        var store = new SqliteDocumentStore(database, TimeProvider.System);
        await PutAsync(store, "1", "{}");
        var pages = await LimitAsync(database, extraPages: 20);
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "2", $"\"{new string('x', 500_000)}\""));
        Assert.Equal(ProblemCodes.StorageFull, failed.Code);
        Assert.Null(await store.GetAsync(new DocumentKey("job", "2"), Cancel));
        Assert.Equal("{}", (await store.GetAsync(new DocumentKey("job", "1"), Cancel))!.Body.Json);
        await database.WriteAsync(session => session.Number($"PRAGMA max_page_count={pages + 100_000}"), null, Cancel);
        Assert.NotNull(await PutAsync(store, "2", $"\"{new string('x', 500_000)}\""));
    }

    [Fact]
    public async Task Write_OneOfABatchFails_TheOthersAreCommitted()
    {
        await using var database = Open();
        var store = new SqliteDocumentStore(database, TimeProvider.System);
        await PutAsync(store, "0", "{}");
        await LimitAsync(database, extraPages: 40);
        using var gate = new ManualResetEventSlim();
        var blocker = database.WriteAsync(_ => gate.Wait(TimeSpan.FromSeconds(30), Cancel), null, Cancel);
        var large = PutAsync(store, "large", $"\"{new string('x', 900_000)}\"");
        var small = Enumerable.Range(1, 10).Select(i => PutAsync(store, $"{i}", "{}")).ToList();
        gate.Set();
        await blocker;
        Assert.Equal(ProblemCodes.StorageFull, (await Assert.ThrowsAsync<ServerlessException>(() => large)).Code);
        Assert.All(await Task.WhenAll(small), Assert.NotNull);
        Assert.Equal(11, (await store.QueryAsync(new DocumentQuery("job"), Cancel)).Documents.Count);
    }

    [Fact]
    public async Task Ring_DatabaseFull_IsStorageFull_AndLosesNoRing()
    {
        await using var database = Open();
        var bell = new SqliteDoorbell(database, TimeProvider.System);
        await bell.RingAsync("q", "1", RingOptions.Plain, Cancel);
        await LimitAsync(database, extraPages: 0);
        var refused = await Assert.ThrowsAsync<ServerlessException>(async () =>
        {
            for (var i = 0; i < 10_000; i++)
                await bell.RingAsync("q", new string('x', 1_000), RingOptions.Plain, Cancel);
        });
        Assert.Equal(ProblemCodes.StorageFull, refused.Code);
        var ring = await bell.TakeAsync("q", TimeSpan.FromSeconds(30), TimeSpan.Zero, Cancel);
        Assert.Equal("1", ring!.Id);
        Assert.True(await bell.CompleteAsync(ring, Cancel));
    }

    [Fact]
    public async Task Write_LockedByAnother_IsUnavailableAndRetryable()
    {
        await using var database = Open();
        var store = new SqliteDocumentStore(database, TimeProvider.System);
        await PutAsync(store, "1", "{}");
        using (var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            var failed = await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "2", "{}"));
            Assert.Equal((ProblemCodes.Unavailable, true), (failed.Code, failed.Retryable));
            Assert.NotNull(await store.GetAsync(new DocumentKey("job", "1"), Cancel));
        }

        Assert.NotNull(await PutAsync(store, "2", "{}"));
    }

    [Fact]
    public async Task Write_ReadOnly_IsUnavailableWithTheCure()
    {
        await using var database = Open();
        var store = new SqliteDocumentStore(database, TimeProvider.System);
        await PutAsync(store, "1", "{}");
        await database.WriteAsync(session => session.Execute("PRAGMA query_only=ON"), null, Cancel);
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "2", "{}"));
        Assert.Equal((ProblemCodes.Unavailable, false), (failed.Code, failed.Retryable));
        Assert.NotNull(await store.GetAsync(new DocumentKey("job", "1"), Cancel));
    }

    [Fact]
    public void Open_NotADatabase_SaysSo()
    {
        File.WriteAllText(DatabaseFile, new string('x', 8_192));
        var failed = Assert.Throws<ServerlessException>(Open);
        Assert.Equal((ProblemCodes.Unavailable, false), (failed.Code, failed.Retryable));
        Assert.Contains("damaged", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderInItsPlace_SaysSo()
    {
        Directory.CreateDirectory(DatabaseFile);
        Assert.Equal(ProblemCodes.Unavailable, Assert.Throws<ServerlessException>(Open).Code);
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefused()
    {
        await using (var database = Open())
            await database.WriteAsync(session => session.Execute("PRAGMA user_version=99"), null, Cancel);
        Assert.Contains("99", Assert.Throws<ServerlessException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CorruptPage_IsSaid_AndOtherDocumentsAreRead()
    {
        await using (var database = Open())
        {
            var store = new SqliteDocumentStore(database, TimeProvider.System);
            for (var i = 0; i < 200; i++)
                await PutAsync(store, $"{i:000}", $"\"{new string('x', 3_000)}\"");
        }

        await using (var stream = File.Open(DatabaseFile, FileMode.Open))
        {
            stream.Position = stream.Length / 2 / 4_096 * 4_096;
            stream.Write(Enumerable.Repeat((byte)0xA5, 4_096).ToArray());
        }

        await using var damaged = Open();
        var documents = new SqliteDocumentStore(damaged, TimeProvider.System);
        var (good, bad) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await documents.GetAsync(new DocumentKey("job", $"{i:000}"), Cancel);
                good++;
            }
            catch (ServerlessException failed)
            {
                Assert.Equal((ProblemCodes.Unavailable, false), (failed.Code, failed.Retryable));
                Assert.Contains("damaged", failed.Message, StringComparison.Ordinal);
                bad++;
            }
        }

        Assert.True(good > 0 && bad > 0, $"{good} documents were read, {bad} were said to be damaged.");
    }

    [Fact]
    public async Task Closed_SaysUnavailable()
    {
        var database = Open();
        var store = new SqliteDocumentStore(database, TimeProvider.System);
        await database.DisposeAsync();
        Assert.Equal(ProblemCodes.Unavailable, (await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "1", "{}"))).Code);
        Assert.Equal(ProblemCodes.Unavailable, (await Assert.ThrowsAsync<ServerlessException>(() => store.GetAsync(new DocumentKey("job", "1"), Cancel))).Code);
    }

    public void Dispose() => folder.Dispose();

    private LocalDatabase Open() => new(new LocalDatabaseOptions(DatabaseFile) { Busy = TimeSpan.FromSeconds(1) });

    private static Task<long> LimitAsync(LocalDatabase database, int extraPages) => database.WriteAsync(
        session =>
        {
            var pages = session.Number("PRAGMA page_count");
            session.Number($"PRAGMA max_page_count={pages + extraPages}");
            return pages;
        }, null, Cancel);

    private static Task<StoredDocument?> PutAsync(SqliteDocumentStore store, string id, string json) =>
        store.PutAsync(new DocumentKey("job", id), new DocumentBody(json, id, new Dictionary<string, string>()), DocumentCondition.Always, Cancel);
}
