using System.Net;
using Serverless.Core.Artifacts;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Artifacts;

/// <summary>Addresses that whoever holds them may use, for one path, one verb and a while.</summary>
public sealed class BlobAddressTests(Azurite azurite)
{
    private static readonly TimeSpan While = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Address_OfAPath_IsForThatPathAndVerb(bool withKey)
    {
        var store = (await BlobBench.MakeAsync(azurite, withKey: withKey)).Store;
        using var http = Client();
        var path = ArtifactPath.Parse("folder/ä b#c?&+=d.txt");
        var write = await store.AddressAsync(path, ArtifactVerb.Write, While, Cancel);
        Assert.Equal(HttpStatusCode.Created, await PutAsync(http, write.Url, "text"));
        Assert.Equal(4, (await store.FindAsync(path, Cancel))!.SizeBytes);

        var read = await store.AddressAsync(path, ArtifactVerb.Read, While, Cancel);
        Assert.Equal("text", await http.GetStringAsync(read.Url, Cancel));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(http, read.Url, "other"));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(write.Url, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.DeleteAsync(write.Url, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(read.Url.Replace("folder/", "folder2/", StringComparison.Ordinal), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(read.Url.Replace("sp=r", "sp=rw", StringComparison.Ordinal), Cancel)).StatusCode);
        Assert.Equal("text", await http.GetStringAsync(read.Url, Cancel));
    }

    [Fact]
    public async Task Address_Ended_IsRefused()
    {
        var bench = await BlobBench.MakeAsync(azurite);
        var path = ArtifactPath.Parse("a");
        await bench.Store.PutAsync(path, new MemoryStream([1]), PutOptions.Overwrite, Cancel);
        var past = new PastClock(TimeSpan.FromMinutes(-10));
        var address = await bench.At(past).AddressAsync(path, ArtifactVerb.Read, While, Cancel);
        using var http = Client();
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(address.Url, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Address_Many_AreSignedWithOneLentKey()
    {
        var faults = new Faults();
        var store = (await BlobBench.MakeAsync(azurite, through: faults)).Store;
        for (var i = 0; i < 20; i++)
            await store.AddressAsync(ArtifactPath.Parse($"{i}"), ArtifactVerb.Read, While, Cancel);
        Assert.Equal(1, faults.Requests);
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient http, string url, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new StringContent(text) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        return (await http.SendAsync(request, Cancel)).StatusCode;
    }

    private HttpClient Client() => new(azurite.Handler());

    private sealed class PastClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
