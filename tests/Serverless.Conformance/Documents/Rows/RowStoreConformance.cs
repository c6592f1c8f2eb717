using Serverless.Core.Documents.Rows;

namespace Serverless.Conformance.Documents.Rows;

/// <summary>What every <see cref="IRowStore"/> does. A subclass brings the store.</summary>
public abstract class RowStoreConformance
{
    private const string Here = "job.i";

    /// <summary>The store, empty when a test begins.</summary>
    protected abstract IRowStore Store { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_NothingThere_IsNull() => Assert.Null(await Store.GetAsync(Here, "a", Cancel));

    [Fact]
    public async Task Insert_ThenGet_GivesWhatWasWritten()
    {
        var row = Row("a") with { Texts = new Dictionary<string, string> { ["id"] = "Grüße 🌍 'quoted' \"\\", ["empty"] = "" }, Pieces = [[1, 2, 3], [], [0]] };
        Assert.True(await ApplyAsync(new RowChange.Insert(row)));
        var got = await Store.GetAsync(Here, "a", Cancel);
        Assert.Equal(row.Texts.OrderBy(pair => pair.Key), got!.Texts.OrderBy(pair => pair.Key));
        Assert.Equal(row.Pieces, got.Pieces);
        Assert.NotEmpty(got.ETag);
        Assert.Null(await Store.GetAsync("job.d", "a", Cancel));
        Assert.Null(await Store.GetAsync(Here, "A", Cancel));
    }

    [Fact]
    public async Task Insert_FullRow_ComesBackWhole()
    {
        var random = new Random(7);
        var pieces = Enumerable.Range(0, RowRules.MaxPieces).Select(_ =>
        {
            var piece = new byte[RowRules.MaxPieceBytes];
            random.NextBytes(piece);
            return piece;
        }).ToList();
        var row = Row(new string('k', 300)) with { Texts = new Dictionary<string, string> { ["id"] = new('ü', RowRules.MaxTextLength) }, Pieces = pieces };
        Assert.True(await ApplyAsync(new RowChange.Insert(row)));
        var got = await Store.GetAsync(Here, row.Key, Cancel);
        Assert.Equal(RowRules.Join(pieces), RowRules.Join(got!.Pieces));
        Assert.Equal(row.Texts["id"], got.Texts["id"]);
    }

    [Fact]
    public async Task Insert_KeyThere_IsFalse()
    {
        Assert.True(await ApplyAsync(new RowChange.Insert(Row("a", "1"))));
        Assert.False(await ApplyAsync(new RowChange.Insert(Row("a", "2"))));
        Assert.Equal("1", await TextAsync("a"));
    }

    [Fact]
    public async Task Replace_OnlyWithTheETagThatIsThere()
    {
        await ApplyAsync(new RowChange.Insert(Row("a", "1")));
        var first = (await Store.GetAsync(Here, "a", Cancel))!;
        Assert.True(await ApplyAsync(new RowChange.Replace(Row("a", "2"), first.ETag)));
        Assert.False(await ApplyAsync(new RowChange.Replace(Row("a", "3"), first.ETag)));
        Assert.False(await ApplyAsync(new RowChange.Replace(Row("none", "3"), first.ETag)));
        Assert.Equal("2", await TextAsync("a"));
    }

    [Fact]
    public async Task Put_WhateverIsThere_ReplacesTheWholeRow()
    {
        Assert.True(await ApplyAsync(new RowChange.Put(Row("a", "1") with { Pieces = [[1], [2]] })));
        Assert.True(await ApplyAsync(new RowChange.Put(Row("a", "2") with { Pieces = [[3]] })));
        Assert.Equal([[3]], (await Store.GetAsync(Here, "a", Cancel))!.Pieces);
        Assert.Equal("2", await TextAsync("a"));
    }

    [Fact]
    public async Task Delete_Conditions_Hold()
    {
        await ApplyAsync(new RowChange.Insert(Row("a", "1")));
        var old = (await Store.GetAsync(Here, "a", Cancel))!;
        await ApplyAsync(new RowChange.Put(Row("a", "2")));
        Assert.False(await ApplyAsync(new RowChange.Delete("a", old.ETag)));
        Assert.True(await ApplyAsync(new RowChange.Delete("a")));
        Assert.False(await ApplyAsync(new RowChange.Delete("a")));
        Assert.Null(await Store.GetAsync(Here, "a", Cancel));
    }

    [Fact]
    public async Task Apply_OneFails_NothingHasChanged()
    {
        await ApplyAsync(new RowChange.Insert(Row("b", "old")));
        Assert.False(await ApplyAsync(new RowChange.Insert(Row("a")), new RowChange.Insert(Row("b", "new")), new RowChange.Put(Row("c"))));
        Assert.False(await ApplyAsync(new RowChange.Delete("b"), new RowChange.Delete("none")));
        Assert.Null(await Store.GetAsync(Here, "a", Cancel));
        Assert.Null(await Store.GetAsync(Here, "c", Cancel));
        Assert.Equal("old", await TextAsync("b"));
    }

    [Fact]
    public async Task Apply_HundredChanges_AreOne()
    {
        var changes = Enumerable.Range(0, RowRules.MaxChanges).Select(i => (RowChange)new RowChange.Insert(Row($"k{i:000}"))).ToList();
        Assert.True(await Store.ApplyAsync(Here, changes, Cancel));
        Assert.Equal(100, (await Store.ScanAsync(Here, "k", "l", 1_000, Cancel)).Count);
    }

    [Fact]
    public async Task Replace_ManyRacing_HasOneWinner()
    {
        await ApplyAsync(new RowChange.Insert(Row("a", "0")));
        var etag = (await Store.GetAsync(Here, "a", Cancel))!.ETag;
        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ApplyAsync(new RowChange.Replace(Row("a", $"{i}"), etag)), Cancel)));
        Assert.Single(won, one => one);
    }

    [Fact]
    public async Task Scan_Range_SortsByOrdinalKey()
    {
        string[] keys = ["n!1-a!w", "n!1-a!~", "n!2", "N!1", "n", "n.1", "n-1", "n=1", "n_1", "o"];
        foreach (var key in keys)
            await ApplyAsync(new RowChange.Insert(Row(key)));
        await Store.ApplyAsync("other.i", [new RowChange.Insert(new Row("other.i", "n!1", new Dictionary<string, string>(), []))], Cancel);
        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync("-", "~", 1_000));
        Assert.Equal(["n!1-a!w", "n!1-a!~", "n!2"], await KeysAsync("n!", "n!~", 1_000));
        Assert.Equal(["n!1-a!~"], await KeysAsync("n!1-a!x", "n!~", 1));
        Assert.Empty(await KeysAsync("p", "q", 10));
    }

    [Fact]
    public async Task Scan_ManyRows_ComeWholeUpToTheLimit()
    {
        for (var batch = 0; batch < 11; batch++)
            Assert.True(await Store.ApplyAsync(Here, [.. Enumerable.Range(batch * 100, 100).Select(i => new RowChange.Insert(Row($"k{i:0000}")))], Cancel));
        Assert.Equal(1_100, (await KeysAsync("k", "l", 5_000)).Count);
        Assert.Equal(Enumerable.Range(0, 1_050).Select(i => $"k{i:0000}"), await KeysAsync("k", "l", 1_050));
    }

    private static Row Row(string key, string text = "x") => new(Here, key, new Dictionary<string, string> { ["id"] = text }, []);

    private Task<bool> ApplyAsync(params RowChange[] changes) => Store.ApplyAsync(Here, changes, Cancel);

    private async Task<string> TextAsync(string key) => (await Store.GetAsync(Here, key, Cancel))!.Texts["id"];

    private async Task<List<string>> KeysAsync(string from, string to, int limit) => [.. (await Store.ScanAsync(Here, from, to, limit, Cancel)).Select(row => row.Key)];
}
