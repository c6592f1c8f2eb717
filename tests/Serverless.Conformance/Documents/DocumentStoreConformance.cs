using Serverless.Contracts.Problems;
using Serverless.Core.Documents;
using Serverless.Core.Failures;

namespace Serverless.Conformance.Documents;

/// <summary>What every <see cref="IDocumentStore"/> does. A subclass brings the store.</summary>
public abstract partial class DocumentStoreConformance
{
    /// <summary>The store, empty when a test begins.</summary>
    protected abstract IDocumentStore Store { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_NothingThere_IsNull() => Assert.Null(await Store.GetAsync(new DocumentKey("job", "1"), Cancel));

    [Fact]
    public async Task Put_ThenGet_GivesWhatWasWritten()
    {
        var put = await PutAsync("1", """{"text":"Grüße 🌍"}""", "Größe", new() { ["status"] = "Running", ["pool"] = "local" });
        var got = await Store.GetAsync(put!.Key, Cancel);
        Assert.Equal("""{"text":"Grüße 🌍"}""", got!.Body.Json);
        Assert.Equal("Größe", got.Body.Name);
        Assert.Equal("Running", got.Body.Summary["status"]);
        Assert.Equal(2, got.Body.Summary.Count);
        Assert.Equal((put.ETag, put.CreatedAt, put.UpdatedAt), (got.ETag, got.CreatedAt, got.UpdatedAt));
    }

    [Fact]
    public async Task Put_SameIdOfAnotherKind_IsAnotherDocument()
    {
        await Store.PutAsync(new DocumentKey("job", "1"), Body("{}"), DocumentCondition.Absent, Cancel);
        Assert.NotNull(await Store.PutAsync(new DocumentKey("node", "1"), Body("[]"), DocumentCondition.Absent, Cancel));
        Assert.Equal("{}", (await Store.GetAsync(new DocumentKey("job", "1"), Cancel))!.Body.Json);
    }

    [Fact]
    public async Task Put_IdsDifferInCase_AreTwoDocuments()
    {
        await PutAsync("a", "1");
        await PutAsync("A", "2");
        Assert.Equal("1", (await GetAsync("a"))!.Body.Json);
    }

    [Fact]
    public async Task Put_Absent_OnlyOnce()
    {
        Assert.NotNull(await PutAsync("1", "1", condition: DocumentCondition.Absent));
        Assert.Null(await PutAsync("1", "2", condition: DocumentCondition.Absent));
        Assert.Equal("1", (await GetAsync("1"))!.Body.Json);
    }

    [Fact]
    public async Task Put_Unchanged_OnlyWithTheETagThatIsThere()
    {
        var first = await PutAsync("1", "1");
        var second = await PutAsync("1", "2", condition: DocumentCondition.Unchanged(first!.ETag));
        Assert.NotEqual(first.ETag, second!.ETag);
        Assert.Null(await PutAsync("1", "3", condition: DocumentCondition.Unchanged(first.ETag)));
        Assert.Null(await PutAsync("none", "3", condition: DocumentCondition.Unchanged(first.ETag)));
        Assert.Null(await PutAsync("1", "3", condition: DocumentCondition.Unchanged("nonsense")));
        Assert.Equal("2", (await GetAsync("1"))!.Body.Json);
    }

    [Fact]
    public async Task Put_Again_KeepsWhenItWasCreated()
    {
        var first = await PutAsync("1", "1");
        var second = await PutAsync("1", "2");
        Assert.Equal(first!.CreatedAt, second!.CreatedAt);
        Assert.True(second.UpdatedAt >= first.UpdatedAt);
    }

    [Fact]
    public async Task Put_DeletedAndMadeAgain_HasAnotherETag()
    {
        var first = await PutAsync("1", "1");
        Assert.True(await Store.DeleteAsync(first!.Key, DocumentCondition.Always, Cancel));
        var second = await PutAsync("1", "1");
        Assert.NotEqual(first.ETag, second!.ETag);
        Assert.Null(await PutAsync("1", "2", condition: DocumentCondition.Unchanged(first.ETag)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_ManyRacing_HasOneWinner(bool create)
    {
        var condition = create ? DocumentCondition.Absent : DocumentCondition.Unchanged((await PutAsync("1", "0"))!.ETag);
        var results = await Task.WhenAll(Enumerable.Range(1, 32).Select(i => Task.Run(() => PutAsync("1", $"{i}", condition: condition), Cancel)));
        var winner = Assert.Single(results, result => result is not null);
        Assert.Equal(winner!.Body.Json, (await GetAsync("1"))!.Body.Json);
    }

    [Fact]
    public async Task Put_CountersRacing_LoseNoStep()
    {
        await PutAsync("1", "0");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var read = (await GetAsync("1"))!;
                var next = int.Parse(read.Body.Json) + 1;
                if (await PutAsync("1", $"{next}", condition: DocumentCondition.Unchanged(read.ETag)) is not null)
                    done++;
            }
        }, Cancel)));
        Assert.Equal("80", (await GetAsync("1"))!.Body.Json);
    }

    [Fact]
    public async Task Put_UpToTheLimit_IsTaken_OverIt_IsTooLarge()
    {
        var json = '"' + new string('x', DocumentRules.MaxJsonBytes - 2) + '"';
        await PutAsync("1", json);
        Assert.Equal(json, (await GetAsync("1"))!.Body.Json);
        var refused = await Assert.ThrowsAsync<ServerlessException>(() => PutAsync("1", json + " "));
        Assert.Equal(ProblemCodes.TooLarge, refused.Code);
        Assert.Equal(json, (await GetAsync("1"))!.Body.Json);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("Job", "1")]
    [InlineData("job'--", "1")]
    [InlineData("job", "")]
    [InlineData("job", "a\0b")]
    public async Task Put_BadKey_IsRefused(string kind, string id)
    {
        var refused = await Assert.ThrowsAsync<ServerlessException>(() =>
            Store.PutAsync(new DocumentKey(kind, id), Body("{}"), DocumentCondition.Always, Cancel));
        Assert.Equal(ProblemCodes.Invalid, refused.Code);
    }

    [Fact]
    public async Task Put_TooMuchSummary_IsRefused()
    {
        var nine = Enumerable.Range(0, 9).ToDictionary(i => $"k{i}", _ => "v");
        Assert.Equal(ProblemCodes.Invalid, (await Assert.ThrowsAsync<ServerlessException>(() => PutAsync("1", "{}", summary: nine))).Code);
        Dictionary<string, string> tooLong = new() { ["k"] = new('x', 257) };
        Assert.Equal(ProblemCodes.Invalid, (await Assert.ThrowsAsync<ServerlessException>(() => PutAsync("1", "{}", summary: tooLong))).Code);
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("\"; DROP TABLE documents")]
    [InlineData("../../etc")]
    [InlineData("%_*?[]")]
    [InlineData("日本語")]
    public async Task Put_OddIds_AreOnlyIds(string id)
    {
        await PutAsync(id, "1", id);
        await PutAsync("other", "2", "other");
        Assert.Equal("1", (await GetAsync(id))!.Body.Json);
        var page = await Store.QueryAsync(new DocumentQuery("job") { Contains = id }, Cancel);
        Assert.Equal(id, Assert.Single(page.Documents).Key.Id);
    }

    [Fact]
    public async Task Delete_Conditions_Hold()
    {
        var first = (await PutAsync("1", "1"))!;
        var second = (await PutAsync("1", "2"))!;
        Assert.False(await Store.DeleteAsync(first.Key, DocumentCondition.Unchanged(first.ETag), Cancel));
        Assert.True(await Store.DeleteAsync(first.Key, DocumentCondition.Unchanged(second.ETag), Cancel));
        Assert.False(await Store.DeleteAsync(first.Key, DocumentCondition.Always, Cancel));
        Assert.Null(await GetAsync("1"));
    }

    protected static DocumentBody Body(string json, string name = "", Dictionary<string, string>? summary = null) => new(json, name, summary ?? []);

    protected Task<StoredDocument?> PutAsync(
        string id, string json, string name = "", Dictionary<string, string>? summary = null, DocumentCondition condition = default) =>
        Store.PutAsync(new DocumentKey("job", id), Body(json, name, summary), condition, Cancel);

    protected Task<StoredDocument?> GetAsync(string id) => Store.GetAsync(new DocumentKey("job", id), Cancel);
}
