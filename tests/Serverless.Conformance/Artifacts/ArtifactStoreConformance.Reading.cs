using System.Text;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;

namespace Serverless.Conformance.Artifacts;

public abstract partial class ArtifactStoreConformance
{
    [Fact]
    public async Task OpenRead_NothingThere_IsNotFound() => await FailsAsync(ProblemCodes.NotFound, () => ReadAsync("none"));

    [Theory]
    [InlineData(0, null, "0123456789")]
    [InlineData(3, null, "3456789")]
    [InlineData(3, 4, "3456")]
    [InlineData(8, 100, "89")]
    [InlineData(10, null, "")]
    [InlineData(11, 5, "")]
    [InlineData(4, 0, "")]
    public async Task OpenRead_Range_GivesThoseBytes(int offset, int? length, string expected)
    {
        await PutAsync("digits", "0123456789");
        Assert.Equal(expected, await ReadAsync("digits", new ByteRange(offset, length)));
    }

    [Fact]
    public async Task OpenRead_NegativeRange_IsRefused()
    {
        await PutAsync("a", "x");
        await FailsAsync(ProblemCodes.Invalid, () => ReadAsync("a", new ByteRange(-1)));
        await FailsAsync(ProblemCodes.Invalid, () => ReadAsync("a", new ByteRange(0, -1)));
    }

    [Fact]
    public async Task OpenRead_PutAndDeleteMeanwhile_GoesOnWithTheOldBytes()
    {
        var old = new string('o', 300_000);
        await PutAsync("a", old);
        await using var stream = await Store.OpenReadAsync(ArtifactPath.Parse("a"), null, Cancel);
        var first = new byte[10];
        await stream.ReadExactlyAsync(first, Cancel);
        await PutAsync("a", "new");
        await Store.DeleteAsync(ArtifactPath.Parse("a"), Cancel);
        using var reader = new StreamReader(stream);
        Assert.Equal(old[10..], await reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task OpenRead_AppendMeanwhile_EndsWhereItWas()
    {
        await AppendAsync("log", 0, "one");
        await using var stream = await Store.OpenReadAsync(ArtifactPath.Parse("log"), null, Cancel);
        await AppendAsync("log", 3, "two");
        using var reader = new StreamReader(stream);
        Assert.Equal("one", await reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task Append_AtTheEnd_Grows()
    {
        Assert.Equal(3, await AppendAsync("log", 0, "one"));
        var before = await Store.FindAsync(ArtifactPath.Parse("log"), Cancel);
        Assert.Equal(6, await AppendAsync("log", 3, "two"));
        Assert.Equal("onetwo", await ReadAsync("log"));
        Assert.NotEqual(before!.ETag, (await Store.FindAsync(before.Path, Cancel))!.ETag);
    }

    [Fact]
    public async Task Append_Twice_DoesNoHarm()
    {
        await AppendAsync("log", 0, "one");
        Assert.Equal(3, await AppendAsync("log", 0, "one"));
        Assert.Equal(6, await AppendAsync("log", 3, "two"));
        Assert.Equal(6, await AppendAsync("log", 3, "two"));
        Assert.Equal("onetwo", await ReadAsync("log"));
    }

    [Fact]
    public async Task Append_BehindTheEnd_ChangesNothing()
    {
        Assert.Equal(0, await AppendAsync("log", 5, "x"));
        Assert.Null(await Store.FindAsync(ArtifactPath.Parse("log"), Cancel));
        await AppendAsync("log", 0, "one");
        Assert.Equal(3, await AppendAsync("log", 4, "x"));
        Assert.Equal("one", await ReadAsync("log"));
        await FailsAsync(ProblemCodes.Invalid, () => AppendAsync("log", -1, "x"));
    }

    [Fact]
    public async Task Append_ManyAtOneOffset_TakesOneWhole()
    {
        var texts = Enumerable.Range(0, 16).Select(i => $"writer {i:00}").ToArray();
        await Task.WhenAll(texts.Select(text => Task.Run(() => AppendAsync("log", 0, text), Cancel)));
        Assert.Contains(await ReadAsync("log"), texts);
    }

    [Fact]
    public async Task List_TextPrefix_SortsByOrdinalPath()
    {
        string[] paths = ["a-b", "a/b/c", "a/b.txt", "a/b-1", "a0", "ab/c", "b", "a/é", "a/Z"];
        foreach (var path in paths)
            await PutAsync(path, path);
        Assert.Equal(paths.Order(StringComparer.Ordinal), await ListAsync(""));
        Assert.Equal(paths.Where(path => path.StartsWith("a/b", StringComparison.Ordinal)).Order(StringComparer.Ordinal), await ListAsync("a/b"));
        Assert.Equal(paths.Where(path => path.StartsWith('a')).Order(StringComparer.Ordinal), await ListAsync("a"));
        Assert.Equal(["a/b/c"], await ListAsync("a/b/"));
        Assert.Empty(await ListAsync("none/"));
        Assert.Empty(await ListAsync("b/"));
        Assert.Empty(await ListAsync("../"));
        Assert.Empty(await ListAsync("/"));
    }

    [Fact]
    public async Task List_Entries_AreWhatFindSays()
    {
        await PutAsync("x/1", "one");
        await PutAsync("x/2", "three");
        await foreach (var entry in Store.ListAsync("x/", Cancel))
            Assert.Equal(await Store.FindAsync(entry.Path, Cancel), entry);
    }

    private Task<long> AppendAsync(string path, long offset, string text) =>
        Store.AppendAsync(ArtifactPath.Parse(path), offset, Encoding.UTF8.GetBytes(text), Cancel);
}
