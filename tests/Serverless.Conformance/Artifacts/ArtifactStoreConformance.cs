using System.Security.Cryptography;
using System.Text;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;

namespace Serverless.Conformance.Artifacts;

/// <summary>What every <see cref="IArtifactStore"/> does. A subclass brings the store.</summary>
public abstract partial class ArtifactStoreConformance
{
    /// <summary>The store, empty when a test begins.</summary>
    protected abstract IArtifactStore Store { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_NothingThere_IsNull() => Assert.Null(await Store.FindAsync(ArtifactPath.Parse("a/b"), Cancel));

    [Fact]
    public async Task Put_ThenFind_SaysSizeAndETag()
    {
        var put = await PutAsync("a/b.txt", "hello");
        Assert.Equal(("a/b.txt", 5L), (put.Path.Value, put.SizeBytes));
        Assert.Equal(put, await Store.FindAsync(put.Path, Cancel));
    }

    [Fact]
    public async Task Put_EmptyContent_IsThere()
    {
        await PutAsync("empty", "");
        Assert.Equal("", await ReadAsync("empty"));
    }

    [Fact]
    public async Task Put_Again_ReplacesAndChangesTheETag()
    {
        var tags = new HashSet<string>();
        for (var i = 0; i < 20; i++)
            tags.Add((await PutAsync("a", $"content {i % 2}")).ETag);
        Assert.Equal(20, tags.Count);
        Assert.Equal("content 1", await ReadAsync("a"));
    }

    [Fact]
    public async Task Put_AfterDelete_HasAnotherETag()
    {
        var first = await PutAsync("a", "same");
        await Store.DeleteAsync(first.Path, Cancel);
        Assert.NotEqual(first.ETag, (await PutAsync("a", "same")).ETag);
    }

    [Fact]
    public async Task Put_IfAbsentOnExisting_IsConflictAndChangesNothing()
    {
        var old = await PutAsync("a", "old");
        await FailsAsync(ProblemCodes.Conflict, () => PutAsync("a", "new", PutOptions.CreateOnly));
        Assert.Equal("old", await ReadAsync("a"));
        Assert.Equal(old, await Store.FindAsync(old.Path, Cancel));
    }

    [Fact]
    public async Task Put_IfMatch_OnlyWithTheETagThatIsThere()
    {
        var first = await PutAsync("a", "1");
        var second = await PutAsync("a", "2", new PutOptions { IfMatch = first.ETag });
        await FailsAsync(ProblemCodes.Conflict, () => PutAsync("a", "3", new PutOptions { IfMatch = first.ETag }));
        await FailsAsync(ProblemCodes.Conflict, () => PutAsync("b", "3", new PutOptions { IfMatch = second.ETag }));
        Assert.Equal("2", await ReadAsync("a"));
        Assert.Null(await Store.FindAsync(ArtifactPath.Parse("b"), Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_ManyRacing_HasOneWinner(bool create)
    {
        var options = create ? PutOptions.CreateOnly : new PutOptions { IfMatch = (await PutAsync("a", "old")).ETag };
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => TryPutAsync("a", $"writer {i}", options), Cancel)));
        var winner = Assert.Single(results, result => result.Won);
        Assert.Equal(winner.Text, await ReadAsync("a"));
    }

    [Fact]
    public async Task Put_RightHash_IsTaken()
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData("hello"u8));
        await PutAsync("a", "hello", new PutOptions { Sha256 = sha256 });
        Assert.Equal("hello", await ReadAsync("a"));
    }

    [Fact]
    public async Task Put_WrongHash_IsRefusedAndChangesNothing()
    {
        await PutAsync("a", "old");
        await FailsAsync(ProblemCodes.HashMismatch, () => PutAsync("a", "hello", new PutOptions { Sha256 = new string('0', 64) }));
        await FailsAsync(ProblemCodes.HashMismatch, () => PutAsync("b", "hello", new PutOptions { Sha256 = new string('0', 64) }));
        Assert.Equal("old", await ReadAsync("a"));
        Assert.Equal(["a"], await ListAsync(""));
    }

    [Fact]
    public async Task Put_OverTheLimit_IsRefusedAndChangesNothing()
    {
        await PutAsync("a", "12345", new PutOptions { MaxBytes = 5 });
        await FailsAsync(ProblemCodes.TooLarge, () => PutAsync("a", "123456", new PutOptions { MaxBytes = 5 }));
        Assert.Equal("12345", await ReadAsync("a"));
    }

    [Fact]
    public async Task Put_StreamBreaksOff_ChangesNothing()
    {
        await PutAsync("a", "old");
        foreach (var path in new[] { "a", "b/c" })
        {
            await Assert.ThrowsAsync<IOException>(() =>
                Store.PutAsync(ArtifactPath.Parse(path), new BrokenStream(200_000), PutOptions.Overwrite, Cancel));
        }

        Assert.Equal("old", await ReadAsync("a"));
        Assert.Equal(["a"], await ListAsync(""));
    }

    [Fact]
    public async Task Put_Cancelled_ChangesNothing()
    {
        using var source = new CancellationTokenSource();
        var stream = new BrokenStream(100_000, () => source.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.PutAsync(ArtifactPath.Parse("a"), stream, PutOptions.Overwrite, source.Token));
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task Put_PathThroughAnArtifact_IsConflict()
    {
        await PutAsync("a", "file");
        await PutAsync("c/d", "file");
        await FailsAsync(ProblemCodes.Conflict, () => PutAsync("a/b", "below a file"));
        await FailsAsync(ProblemCodes.Conflict, () => PutAsync("c", "over a folder"));
        Assert.Equal(["a", "c/d"], await ListAsync(""));
    }

    [Fact]
    public async Task Put_LargeContent_ComesBackWhole()
    {
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        await Store.PutAsync(ArtifactPath.Parse("large"), new MemoryStream(bytes), PutOptions.Overwrite, Cancel);
        await using var stream = await Store.OpenReadAsync(ArtifactPath.Parse("large"), null, Cancel);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        Assert.True(bytes.AsSpan().SequenceEqual(copy.ToArray()));
    }

    [Fact]
    public async Task Delete_RemovesOnce()
    {
        await PutAsync("a/b/c", "x");
        await PutAsync("a/d", "x");
        Assert.True(await Store.DeleteAsync(ArtifactPath.Parse("a/b/c"), Cancel));
        Assert.False(await Store.DeleteAsync(ArtifactPath.Parse("a/b/c"), Cancel));
        Assert.False(await Store.DeleteAsync(ArtifactPath.Parse("a"), Cancel));
        Assert.Equal(["a/d"], await ListAsync(""));
    }

    [Fact]
    public async Task Delete_WhileOthersPutBeside_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await PutAsync($"shared/folder/{writer}", "x");
                Assert.True(await Store.DeleteAsync(ArtifactPath.Parse($"shared/folder/{writer}"), Cancel));
            }

            await PutAsync($"shared/folder/{writer}", "last");
        }, Cancel)));
        Assert.Equal(["shared/folder/0", "shared/folder/1", "shared/folder/2", "shared/folder/3"], await ListAsync("shared/"));
    }

    [Fact]
    public async Task Address_SaysPathAndEnd()
    {
        var address = await Store.AddressAsync(ArtifactPath.Parse("a/b c"), ArtifactVerb.Write, TimeSpan.FromMinutes(5), Cancel);
        Assert.Contains("a/b%20c?", address.Url, StringComparison.Ordinal);
        Assert.Null(address.LocalPath);
        var read = await Store.AddressAsync(ArtifactPath.Parse("a/b c"), ArtifactVerb.Read, TimeSpan.FromMinutes(5), Cancel);
        Assert.NotEqual(address.Url, read.Url);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(169)]
    public async Task Address_LifetimeOutOfBounds_IsRefused(int hours) =>
        await FailsAsync(ProblemCodes.Invalid, () => Store.AddressAsync(ArtifactPath.Parse("a"), ArtifactVerb.Read, TimeSpan.FromHours(hours), Cancel));

    protected Task<ArtifactEntry> PutAsync(string path, string text, PutOptions? options = null) =>
        Store.PutAsync(ArtifactPath.Parse(path), new MemoryStream(Encoding.UTF8.GetBytes(text)), options ?? PutOptions.Overwrite, Cancel);

    protected async Task<string> ReadAsync(string path, ByteRange? range = null)
    {
        await using var stream = await Store.OpenReadAsync(ArtifactPath.Parse(path), range, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }

    protected async Task<List<string>> ListAsync(string prefix)
    {
        var paths = new List<string>();
        await foreach (var entry in Store.ListAsync(prefix, Cancel))
            paths.Add(entry.Path.Value);
        return paths;
    }

    protected static async Task FailsAsync(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<ServerlessException>(act)).Code);

    private async Task<(bool Won, string Text)> TryPutAsync(string path, string text, PutOptions options)
    {
        try
        {
            await PutAsync(path, text, options);
            return (true, text);
        }
        catch (ServerlessException refused) when (refused.Code == ProblemCodes.Conflict)
        {
            return (false, text);
        }
    }
}
