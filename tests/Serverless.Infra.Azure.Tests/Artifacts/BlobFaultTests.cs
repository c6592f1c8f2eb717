using System.Net;
using System.Text;
using Serverless.Conformance.Artifacts;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Infra.Azure.Artifacts;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Artifacts;

/// <summary>404, 403, 409, 412, 503, cuts and lost answers: nothing lost, nothing twice, and words that help.</summary>
public sealed class BlobFaultTests(Azurite azurite)
{
    private readonly Faults faults = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_ServerBusyTwice_IsDoneAtTheThirdTry()
    {
        var store = await StoreAsync();
        faults.On(IsPut).Answer(HttpStatusCode.ServiceUnavailable, 2, "ServerBusy");
        await PutAsync(store, "a", "text", PutOptions.CreateOnly);
        Assert.Equal("text", await ReadAsync(store, "a"));
        Assert.Equal(0, faults.Left);
    }

    [Fact]
    public async Task Put_ServerBusyForLong_IsUnavailableAndWorthARetry()
    {
        var store = await StoreAsync();
        faults.On(IsPut).Answer(HttpStatusCode.ServiceUnavailable, 10, "ServerBusy");
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "a", "text", PutOptions.Overwrite));
        Assert.Equal((ProblemCodes.Unavailable, true), (failure.Code, failure.Retryable));
        Assert.Contains("ServerBusy", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_AnswerLost_IsNoConflictWithItself(bool create)
    {
        var store = await StoreAsync();
        var options = create ? PutOptions.CreateOnly : new PutOptions { IfMatch = (await PutAsync(store, "a", "old", PutOptions.Overwrite)).ETag };
        faults.On(IsPut).LoseAnswer();
        var put = await PutAsync(store, "a", "new", options);
        Assert.Equal(put, await store.FindAsync(put.Path, Cancel));
        Assert.Equal("new", await ReadAsync(store, "a"));
        await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "a", "other", options));
    }

    [Fact]
    public async Task PutInBlocks_AnswerOfTheCommitLost_IsNoConflictWithItself()
    {
        var store = await StoreAsync(new BlobStoreOptions { BlockBytes = 4 });
        faults.On(request => request.RequestUri!.Query.Contains("comp=blocklist", StringComparison.Ordinal)).LoseAnswer();
        await PutAsync(store, "a", "0123456789", PutOptions.CreateOnly);
        Assert.Equal("0123456789", await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task PutInBlocks_Refused_ChangesNothing()
    {
        var store = await StoreAsync(new BlobStoreOptions { BlockBytes = 4 });
        await PutAsync(store, "a", "old content", PutOptions.Overwrite);
        await CodeAsync(ProblemCodes.HashMismatch, () => PutAsync(store, "a", "0123456789", new PutOptions { Sha256 = new string('0', 64) }));
        await CodeAsync(ProblemCodes.TooLarge, () => PutAsync(store, "a", "0123456789", new PutOptions { MaxBytes = 9 }));
        await CodeAsync(ProblemCodes.Conflict, () => PutAsync(store, "a", "0123456789", PutOptions.CreateOnly));
        await CodeAsync(ProblemCodes.Conflict, () => PutAsync(store, "a", "0123456789", new PutOptions { IfMatch = "0x1" }));
        await Assert.ThrowsAsync<IOException>(() => store.PutAsync(ArtifactPath.Parse("a"), new BrokenStream(50), PutOptions.Overwrite, Cancel));
        await Assert.ThrowsAsync<IOException>(() => store.PutAsync(ArtifactPath.Parse("b"), new BrokenStream(50), PutOptions.Overwrite, Cancel));
        Assert.Equal("old content", await ReadAsync(store, "a"));
        Assert.Equal(["a"], await store.ListAsync("", Cancel).Select(entry => entry.Path.Value).ToListAsync(Cancel));
    }

    [Fact]
    public async Task PutInBlocks_ManyRacing_OneIsWholeAndTheOthersAreTold()
    {
        var store = await StoreAsync(new BlobStoreOptions { BlockBytes = 4 });
        var results = await Task.WhenAll(Enumerable.Range(10, 8).Select(async i =>
        {
            try
            {
                await PutAsync(store, "a", $"writer number {i}", PutOptions.Overwrite);
                return true;
            }
            catch (ServerlessException outrun) when (outrun is { Code: ProblemCodes.Conflict, Retryable: true })
            {
                return false;
            }
        }));
        Assert.Contains(true, results);
        Assert.Matches("^writer number 1[0-7]$", await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task PutInBlocks_CutInTheMiddle_IsSentAgain()
    {
        var store = await StoreAsync(new BlobStoreOptions { BlockBytes = 4 });
        faults.On(request => request.RequestUri!.Query.Contains("comp=block&", StringComparison.Ordinal)).Cut().Answer(HttpStatusCode.InternalServerError).Cut();
        await PutAsync(store, "a", "0123456789", PutOptions.CreateOnly);
        Assert.Equal("0123456789", await ReadAsync(store, "a"));
        Assert.Equal(0, faults.Left);
    }

    [Fact]
    public async Task Append_AnswerLost_IsThereOnce()
    {
        var store = await StoreAsync();
        var log = ArtifactPath.Parse("log");
        Assert.Equal(3, await store.AppendAsync(log, 0, "one"u8.ToArray(), Cancel));
        faults.On(IsPut).LoseAnswer();
        Assert.Equal(6, await store.AppendAsync(log, 3, "two"u8.ToArray(), Cancel));
        Assert.Equal("onetwo", await ReadAsync(store, "log"));
        Assert.Equal(0, faults.Left);
    }

    [Fact]
    public async Task Append_ToWhatWasPut_IsConflict()
    {
        var store = await StoreAsync();
        await PutAsync(store, "a", "put", PutOptions.Overwrite);
        await CodeAsync(ProblemCodes.Conflict, () => store.AppendAsync(ArtifactPath.Parse("a"), 3, "x"u8.ToArray(), Cancel));
        Assert.Equal("put", await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task OpenRead_CutAgainAndAgain_GoesOnWhereItWas()
    {
        var store = await StoreAsync();
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i:00000}"));
        await PutAsync(store, "a", text, PutOptions.Overwrite);
        faults.On(request => request.Method == HttpMethod.Get).CutBody(1_000).CutBody(100_000).CutBody(0);
        Assert.Equal(text, await ReadAsync(store, "a"));
        Assert.Equal(0, faults.Left);
    }

    [Fact]
    public async Task OpenRead_CutAndReplacedMeanwhile_IsAFailureAndNoMixture()
    {
        var store = await StoreAsync();
        await PutAsync(store, "a", new string('o', 300_000), PutOptions.Overwrite);
        faults.On(request => request.Method == HttpMethod.Get).CutBody(1_000);
        await using var stream = await store.OpenReadAsync(ArtifactPath.Parse("a"), null, Cancel);
        await PutAsync(store, "a", new string('n', 300_000), PutOptions.Overwrite);
        using var reader = new StreamReader(stream);
        await CodeAsync(ProblemCodes.Conflict, () => reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task AnyCall_NotAllowed_SaysTheRole()
    {
        var store = await StoreAsync();
        faults.Answer(HttpStatusCode.Forbidden, 10, "AuthorizationPermissionMismatch");
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => store.FindAsync(ArtifactPath.Parse("a"), Cancel));
        Assert.Equal((ProblemCodes.Unavailable, false), (failure.Code, failure.Retryable));
        Assert.Contains("role", failure.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_NoContainer_SaysSo()
    {
        var bench = await BlobBench.MakeAsync(azurite);
        await bench.Container.DeleteAsync(cancellationToken: Cancel);
        await CodeAsync(ProblemCodes.Unavailable, () => PutAsync(bench.Store, "a", "x", PutOptions.CreateOnly));
        await CodeAsync(ProblemCodes.Unavailable, () => bench.Store.ListAsync("", Cancel).ToListAsync(Cancel).AsTask());
    }

    [Fact]
    public async Task List_GoneMeanwhile_IsNotFoundWhenItIsRead()
    {
        var store = await StoreAsync();
        await PutAsync(store, "a", "x", PutOptions.Overwrite);
        await foreach (var entry in store.ListAsync("", Cancel))
        {
            await store.DeleteAsync(entry.Path, Cancel);
            Assert.Null(await store.FindAsync(entry.Path, Cancel));
            await CodeAsync(ProblemCodes.NotFound, () => ReadAsync(store, entry.Path.Value));
        }
    }

    [Fact]
    public async Task List_NamesThatAreNoPaths_AreLeftOut()
    {
        var bench = await BlobBench.MakeAsync(azurite);
        foreach (var name in new[] { "good", "a//b", "-dash", "100%", "folder/..x/y" })
            await bench.Container.GetBlobClient(name).UploadAsync(new BinaryData("x"), Cancel);
        Assert.Equal(["folder/..x/y", "good"], await bench.Store.ListAsync("", Cancel).Select(entry => entry.Path.Value).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_BlobTakesNoMore_IsWrittenAnewAndGoesOn(bool withKey)
    {
        var bench = await BlobBench.MakeAsync(azurite, new BlobStoreOptions { AppendBytes = 1_000 }, faults, withKey);
        var log = ArtifactPath.Parse("jobs/1/log");
        var text = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{i:0000}"));
        Assert.Equal(text.Length, await bench.Store.AppendAsync(log, 0, Encoding.UTF8.GetBytes(text), Cancel));
        faults.On(IsAppend).Answer(HttpStatusCode.Conflict, 1, "BlockCountExceedsLimit");
        Assert.Equal(text.Length + 3, await bench.Store.AppendAsync(log, text.Length, "one"u8.ToArray(), Cancel));
        Assert.Equal(text.Length + 6, await bench.Store.AppendAsync(log, text.Length + 3, "two"u8.ToArray(), Cancel));
        Assert.Equal(text + "onetwo", await ReadAsync(bench.Store, "jobs/1/log"));
        Assert.Equal(["jobs/1/log"], await bench.Container.GetBlobsAsync(cancellationToken: Cancel).Select(blob => blob.Name).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Append_BlobTakesNoMoreForGood_IsStorageFullAndLosesNothing()
    {
        var store = await StoreAsync();
        await store.AppendAsync(ArtifactPath.Parse("log"), 0, "one"u8.ToArray(), Cancel);
        faults.On(request => IsAppend(request) && !request.RequestUri!.AbsoluteUri.Contains("compact", StringComparison.Ordinal)).Answer(HttpStatusCode.Conflict, 2, "BlockCountExceedsLimit");
        await CodeAsync(ProblemCodes.StorageFull, () => store.AppendAsync(ArtifactPath.Parse("log"), 3, "two"u8.ToArray(), Cancel));
        Assert.Equal("one", await ReadAsync(store, "log"));
    }

    [Fact]
    public async Task Append_WritingAnewFails_LosesNothing()
    {
        var store = await StoreAsync();
        await store.AppendAsync(ArtifactPath.Parse("log"), 0, "one"u8.ToArray(), Cancel);
        faults.On(IsAppend).Answer(HttpStatusCode.Conflict, 1, "BlockCountExceedsLimit").Answer(HttpStatusCode.ServiceUnavailable, 10);
        await CodeAsync(ProblemCodes.Unavailable, () => store.AppendAsync(ArtifactPath.Parse("log"), 3, "two"u8.ToArray(), Cancel));
        Assert.Equal("one", await ReadAsync(store, "log"));
    }

    private static bool IsAppend(HttpRequestMessage request) => request.RequestUri!.Query.Contains("comp=appendblock", StringComparison.Ordinal);

    private static bool IsPut(HttpRequestMessage request) => request.Method == HttpMethod.Put;

    private static Task<ArtifactEntry> PutAsync(BlobArtifactStore store, string path, string text, PutOptions options) =>
        store.PutAsync(ArtifactPath.Parse(path), new MemoryStream(Encoding.UTF8.GetBytes(text)), options, Cancel);

    private static async Task<string> ReadAsync(BlobArtifactStore store, string path)
    {
        using var reader = new StreamReader(await store.OpenReadAsync(ArtifactPath.Parse(path), null, Cancel));
        return await reader.ReadToEndAsync(Cancel);
    }

    private static async Task CodeAsync(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<ServerlessException>(act)).Code);

    private async Task<BlobArtifactStore> StoreAsync(BlobStoreOptions? options = null) => (await BlobBench.MakeAsync(azurite, options, faults)).Store;
}
