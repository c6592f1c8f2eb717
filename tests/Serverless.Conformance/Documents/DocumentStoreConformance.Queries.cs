using Serverless.Contracts.Problems;
using Serverless.Core.Documents;
using Serverless.Core.Failures;

namespace Serverless.Conformance.Documents;

public abstract partial class DocumentStoreConformance
{
    [Fact]
    public async Task Query_NewestFirst_UpdatesDoNotReorder()
    {
        foreach (var id in new[] { "b", "a", "c" })
            await PutAsync(id, "{}");
        await PutAsync("b", "1");
        await Store.PutAsync(new DocumentKey("node", "n"), Body("{}"), DocumentCondition.Always, Cancel);
        Assert.Equal(["c", "a", "b"], await IdsAsync(new DocumentQuery("job")));
    }

    [Fact]
    public async Task Query_Pages_DoNotShiftWhenDocumentsComeAndGo()
    {
        for (var i = 0; i < 10; i++)
            await PutAsync($"{i}", "{}");
        var first = await Store.QueryAsync(new DocumentQuery("job") { Limit = 4 }, Cancel);
        Assert.Equal(["9", "8", "7", "6"], first.Documents.Select(document => document.Key.Id));
        await PutAsync("new", "{}");
        await Store.DeleteAsync(new DocumentKey("job", "6"), DocumentCondition.Always, Cancel);
        await Store.DeleteAsync(new DocumentKey("job", "5"), DocumentCondition.Always, Cancel);
        var second = await Store.QueryAsync(new DocumentQuery("job") { Limit = 4, After = first.Next }, Cancel);
        Assert.Equal(["4", "3", "2", "1"], second.Documents.Select(document => document.Key.Id));
        var third = await Store.QueryAsync(new DocumentQuery("job") { Limit = 4, After = second.Next }, Cancel);
        Assert.Equal(["0"], third.Documents.Select(document => document.Key.Id));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Query_ExactlyOnePage_HasNoNext()
    {
        await PutAsync("1", "{}");
        await PutAsync("2", "{}");
        Assert.Null((await Store.QueryAsync(new DocumentQuery("job") { Limit = 2 }, Cancel)).Next);
        Assert.Empty((await Store.QueryAsync(new DocumentQuery("none"), Cancel)).Documents);
    }

    [Fact]
    public async Task Query_Where_AllValuesMustFit()
    {
        for (var i = 0; i < 12; i++)
            await PutAsync($"{i}", "{}", summary: new() { ["status"] = i % 2 == 0 ? "Running" : "Failed", ["pool"] = i % 3 == 0 ? "gpu" : "local" });
        Assert.Equal(["10", "8", "6", "4", "2", "0"], await IdsAsync(new DocumentQuery("job") { Where = new Dictionary<string, string> { ["status"] = "Running" } }));
        Assert.Equal(["6", "0"], await IdsAsync(new DocumentQuery("job")
        {
            Where = new Dictionary<string, string> { ["status"] = "Running", ["pool"] = "gpu" },
        }));
        Assert.Empty(await IdsAsync(new DocumentQuery("job") { Where = new Dictionary<string, string> { ["status"] = "running" } }));
        Assert.Empty(await IdsAsync(new DocumentQuery("job") { Where = new Dictionary<string, string> { ["other"] = "Running" } }));
    }

    [Fact]
    public async Task Count_Where_AllValuesMustFitUpToTheBound()
    {
        for (var i = 0; i < 12; i++)
            await PutAsync($"{i}", "{}", summary: new() { ["experiment"] = i < 9 ? "a" : "b", ["active"] = i % 2 == 0 ? "yes" : "no" });
        await PutAsync("0", "{}", summary: new() { ["experiment"] = "a", ["active"] = "no" });
        await PutAsync("1", "1", summary: new() { ["experiment"] = "a", ["active"] = "no" });
        await Store.DeleteAsync(new DocumentKey("job", "2"), DocumentCondition.Always, Cancel);
        Assert.Equal((8, 3, 0), (await CountAsync("experiment", "a"), await CountAsync("experiment", "b"), await CountAsync("experiment", "A")));
        Assert.Equal(3, await Store.CountAsync("job", new Dictionary<string, string> { ["experiment"] = "a", ["active"] = "yes" }, 100, Cancel));
        Assert.Equal(5, await Store.CountAsync("job", new Dictionary<string, string> { ["experiment"] = "a" }, 5, Cancel));
    }

    [Fact]
    public async Task Count_OfAllOrWithoutBound_IsRefused()
    {
        var all = await Assert.ThrowsAsync<ServerlessException>(() => Store.CountAsync("job", new Dictionary<string, string>(), 5, Cancel));
        var unbound = await Assert.ThrowsAsync<ServerlessException>(() => Store.CountAsync("job", new Dictionary<string, string> { ["a"] = "b" }, DocumentRules.MaxCount + 1, Cancel));
        Assert.Equal((ProblemCodes.Invalid, ProblemCodes.Invalid), (all.Code, unbound.Code));
    }

    [Fact]
    public async Task Query_WhereAfterUpdate_FollowsTheNewSummary()
    {
        await PutAsync("1", "{}", summary: new() { ["status"] = "Running" });
        await PutAsync("1", "{}", summary: new() { ["status"] = "Failed" });
        Assert.Empty(await IdsAsync(new DocumentQuery("job") { Where = new Dictionary<string, string> { ["status"] = "Running" } }));
        Assert.Equal(["1"], await IdsAsync(new DocumentQuery("job") { Where = new Dictionary<string, string> { ["status"] = "Failed" } }));
    }

    [Theory]
    [InlineData("digits", "3,1")]
    [InlineData("DIGITS", "3,1")]
    [InlineData("igi", "3,1")]
    [InlineData("it", "3,2,1")]
    [InlineData("-", "2,1")]
    [InlineData("x", "")]
    [InlineData("xyz", "")]
    [InlineData("", "3,2,1")]
    [InlineData("train Dig", "3")]
    [InlineData("100%", "2")]
    [InlineData("0%_", "")]
    [InlineData("a\"b", "3")]
    [InlineData("ü", "2")]
    [InlineData("grü", "2")]
    public async Task Query_Contains_FindsAnyPartOfANameOrId(string part, string expected)
    {
        await PutAsync("1", "{}", "digits-nightly");
        await PutAsync("2", "{}", "grün-itemised 100%");
        await PutAsync("3", "{}", "Train DIGITS a\"b");
        Assert.Equal(expected, string.Join(',', await IdsAsync(new DocumentQuery("job") { Contains = part })));
    }

    [Fact]
    public async Task Query_Contains_FindsIdsAndFollowsChanges()
    {
        await PutAsync("job-0abc", "{}", "first");
        Assert.Equal(["job-0abc"], await IdsAsync(new DocumentQuery("job") { Contains = "0AB" }));
        await PutAsync("job-0abc", "{}", "second");
        Assert.Empty(await IdsAsync(new DocumentQuery("job") { Contains = "first" }));
        Assert.Equal(["job-0abc"], await IdsAsync(new DocumentQuery("job") { Contains = "secon" }));
        await Store.DeleteAsync(new DocumentKey("job", "job-0abc"), DocumentCondition.Always, Cancel);
        Assert.Empty(await IdsAsync(new DocumentQuery("job") { Contains = "secon" }));
    }

    [Fact]
    public async Task Query_ContainsAndWhere_ByPages()
    {
        for (var i = 0; i < 30; i++)
            await PutAsync($"job-{i:00}", "{}", i % 2 == 0 ? "even one" : "odd one", new() { ["third"] = $"{i % 3 == 0}" });
        var query = new DocumentQuery("job") { Contains = "even", Where = new Dictionary<string, string> { ["third"] = "True" }, Limit = 2 };
        var ids = new List<string>();
        do
        {
            var page = await Store.QueryAsync(query, Cancel);
            ids.AddRange(page.Documents.Select(document => document.Key.Id));
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        Assert.Equal(["job-24", "job-18", "job-12", "job-06", "job-00"], ids);
    }

    [Fact]
    public async Task Query_OtherKindsWithTheName_AreNotFound()
    {
        await Store.PutAsync(new DocumentKey("model", "1"), Body("{}", "digits"), DocumentCondition.Always, Cancel);
        Assert.Empty(await IdsAsync(new DocumentQuery("job") { Contains = "digits" }));
    }

    [Theory]
    [InlineData("x", 10)]
    [InlineData("", 10)]
    [InlineData("-1", 10)]
    [InlineData("99999999999999999999", 10)]
    [InlineData(null, 0)]
    [InlineData(null, 1001)]
    public async Task Query_BadPage_IsRefused(string? after, int limit)
    {
        var refused = await Assert.ThrowsAsync<ServerlessException>(() => Store.QueryAsync(new DocumentQuery("job") { After = after, Limit = limit }, Cancel));
        Assert.Equal(ProblemCodes.Invalid, refused.Code);
    }

    private Task<int> CountAsync(string field, string value) => Store.CountAsync("job", new Dictionary<string, string> { [field] = value }, 100, Cancel);

    protected async Task<List<string>> IdsAsync(DocumentQuery query) =>
        [.. (await Store.QueryAsync(query, Cancel)).Documents.Select(document => document.Key.Id)];
}
