using Serverless.Conformance.Documents;
using Serverless.Core.Documents;
using Serverless.Infra.Local.Documents;
using Serverless.Infra.Local.Sqlite;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Documents;

public sealed class SqliteDocumentStoreTests : DocumentStoreConformance, IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private LocalDatabase database;
    private SqliteDocumentStore store;

    public SqliteDocumentStoreTests()
    {
        database = new LocalDatabase(new LocalDatabaseOptions(folder["serverless.db"]));
        store = new SqliteDocumentStore(database, TimeProvider.System);
    }

    protected override IDocumentStore Store => store;

    [Fact]
    public async Task Reopened_EverythingIsThere()
    {
        var put = await PutAsync("1", "{}", "digits nightly", new() { ["status"] = "Running" });
        await database.DisposeAsync();
        database = new LocalDatabase(new LocalDatabaseOptions(folder["serverless.db"]));
        store = new SqliteDocumentStore(database, TimeProvider.System);
        Assert.Equal(put!.ETag, (await GetAsync("1"))!.ETag);
        Assert.Equal(["1"], await IdsAsync(new DocumentQuery("job") { Contains = "nightl" }));
        Assert.NotNull(await PutAsync("1", "[]", "renamed", condition: DocumentCondition.Unchanged(put.ETag)));
        Assert.Empty(await IdsAsync(new DocumentQuery("job") { Contains = "nightl" }));
    }

    [Fact]
    public async Task Put_ClockSetBack_OrderIsStillThatOfCreation()
    {
        var clock = new ManualTime();
        var dated = new SqliteDocumentStore(database, clock);
        await dated.PutAsync(new DocumentKey("job", "first"), Body("{}"), DocumentCondition.Always, Cancel);
        clock.Advance(TimeSpan.FromHours(-1));
        await dated.PutAsync(new DocumentKey("job", "second"), Body("{}"), DocumentCondition.Always, Cancel);
        Assert.Equal(["second", "first"], await IdsAsync(new DocumentQuery("job")));
    }

    [Theory]
    [InlineData(null, null, "documents_newest")]
    [InlineData("digits", null, "VIRTUAL TABLE INDEX")]
    [InlineData("di", null, "documents_newest")]
    [InlineData(null, "Running", "PRIMARY KEY")]
    [InlineData("digits", "Running", "VIRTUAL TABLE INDEX")]
    public async Task Query_AnyKind_IsLedByAnIndexAndSortsNothing(string? contains, string? status, string index)
    {
        await PutAsync("1", "{}", "digits", new() { ["status"] = "Running", ["pool"] = "local" });
        var query = new DocumentQuery("job") { Contains = contains };
        if (status is not null)
            query = query with { Where = new Dictionary<string, string> { ["status"] = status, ["pool"] = "local" } };
        var plan = database.Read(session => DocumentSearch.Explain(session, query));
        Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains("VIRTUAL TABLE INDEX", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }
}
