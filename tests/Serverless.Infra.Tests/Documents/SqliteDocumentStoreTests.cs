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
    [InlineData("digits", "Running", "PRIMARY KEY")]
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

    [Fact]
    public async Task Query_PartAndValueThatManyHave_IsLedByTheTrigrams()
    {
        for (var i = 0; i < 1_100; i += 100)
            await Task.WhenAll(Enumerable.Range(i, 100).Select(n => PutAsync($"{n}", "{}", $"run {n}", new() { ["status"] = n % 2 == 0 ? "Running" : "Failed", ["pool"] = "local" })));
        var many = new DocumentQuery("job") { Contains = "run 1", Where = new Dictionary<string, string> { ["pool"] = "local" }, Limit = 1_000 };
        Assert.Contains(database.Read(session => DocumentSearch.Explain(session, many)), line => line.Contains("VIRTUAL TABLE INDEX", StringComparison.Ordinal));
        var few = many with { Where = new Dictionary<string, string> { ["pool"] = "local", ["status"] = "Running" } };
        Assert.DoesNotContain(database.Read(session => DocumentSearch.Explain(session, few)), line => line.Contains("VIRTUAL TABLE", StringComparison.Ordinal));
        var expected = Enumerable.Range(0, 1_100).Where(n => $"run {n}".Contains("run 1", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(expected, [.. (await IdsAsync(many)).Select(int.Parse)]);
        Assert.Equal([.. expected.Where(n => n % 2 == 0)], (await IdsAsync(few)).Select(int.Parse).ToHashSet());
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }
}
