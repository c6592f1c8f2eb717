using Serverless.Contracts.Content;
using Serverless.Core.Artifacts;
using Serverless.Core.Datasets;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Datasets;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Datasets;

public sealed class DatasetLandingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Land_SameContentAgain_IsTheSameVersionFromTheFirstTime()
    {
        await using var bench = new Bench();
        var first = await bench.LandAsync();
        bench.Clock.Advance(TimeSpan.FromHours(1));

        var again = await bench.LandAsync();

        Assert.Equal((first.Version, first.CreatedAt), (again.Version, again.CreatedAt));
        Assert.Equal(2, bench.Doorbell.Pending(Queues.Landings).Count);
    }

    [Theory]
    [InlineData("Digits", "a.csv")]
    [InlineData("../x", "a.csv")]
    [InlineData("digits", "../a.csv")]
    [InlineData("digits", "/etc/passwd")]
    [InlineData("digits", "a\\b")]
    [InlineData("digits", "%2e%2e%2fa")]
    [InlineData("digits", "-rf")]
    [InlineData("digits", "a\u202eb")]
    [InlineData("digits", "")]
    public async Task Land_BadNameOrPath_IsRefusedAndNothingIsWritten(string name, string path)
    {
        await using var bench = new Bench();
        await bench.Artifacts.PutAsync(ArtifactPaths.Content(Some.Sha(1)), new MemoryStream([1]), PutOptions.Overwrite, Cancel);

        var error = await Assert.ThrowsAsync<ServerlessException>(() =>
            bench.Get<DatasetLanding>().LandAsync(name, [new ContentFile(path, Some.Sha(1), 1)], "api", Cancel));

        Assert.Equal("invalid_input", error.Code);
        Assert.NotEmpty(error.Errors);
        Assert.Empty((await bench.Get<DatasetSet>().QueryAsync(null, null, 10, null, Cancel)).Records);
        Assert.Empty(bench.Doorbell.Pending(Queues.Landings));
    }

    [Fact]
    public async Task Land_ContentNotThereOrOfAnotherSize_IsRefused()
    {
        await using var bench = new Bench();
        await bench.Artifacts.PutAsync(ArtifactPaths.Content(Some.Sha(1)), new MemoryStream([1]), PutOptions.Overwrite, Cancel);
        var landing = bench.Get<DatasetLanding>();

        Task<ServerlessException> Refused(params ContentFile[] files) => Assert.ThrowsAsync<ServerlessException>(() => landing.LandAsync("d", files, "api", Cancel));

        Assert.Contains("was not uploaded", (await Refused(new ContentFile("a", Some.Sha(2), 1))).Message, StringComparison.Ordinal);
        Assert.Contains("has 1 bytes, not 7", (await Refused(new ContentFile("a", Some.Sha(1), 7))).Message, StringComparison.Ordinal);
        Assert.Contains("no files", (await Refused()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lookup_NewestWholeAndBeginning_FindTheVersion()
    {
        await using var bench = new Bench();
        var old = await bench.LandAsync(content: 1);
        var newest = await bench.LandAsync(content: 2);
        var lookup = bench.Get<DatasetLookup>();

        Assert.Equal(newest.Version, (await lookup.RequireAsync(DatasetRef.Parse("digits"), Cancel)).Version);
        Assert.Equal(old.Version, (await lookup.RequireAsync(DatasetRef.Parse($"digits@{old.Version}"), Cancel)).Version);
        Assert.Equal(old.Version, (await lookup.RequireAsync(DatasetRef.Parse($"digits@{old.Version[..8]}"), Cancel)).Version);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<ServerlessException>(() => lookup.RequireAsync(DatasetRef.Parse("digits@00000000"), Cancel))).Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<ServerlessException>(() => lookup.RequireAsync(DatasetRef.Parse("other"), Cancel))).Code);
    }
}
