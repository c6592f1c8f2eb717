using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Secrets;
using Serverless.Infra.Local;
using Serverless.Infra.Local.Compute;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Hosts;

public sealed class LocalInfrastructureTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_EveryPort_WorksTogetherAndComesBack()
    {
        string url;
        await using (var first = Open())
        {
            await StartAsync(first);
            await first.GetRequiredService<IDocumentStore>().PutAsync(
                new DocumentKey("job", "1"), new DocumentBody("{}", "one", new Dictionary<string, string>()), DocumentCondition.Absent, Cancel);
            await first.GetRequiredService<IDoorbell>().RingAsync("q", "1", RingOptions.Plain, Cancel);
            var store = first.GetRequiredService<IArtifactStore>();
            await store.PutAsync(ArtifactPath.Parse("a"), new MemoryStream([1]), PutOptions.Overwrite, Cancel);
            url = (await store.AddressAsync(ArtifactPath.Parse("a"), ArtifactVerb.Write, TimeSpan.FromHours(1), Cancel)).Url;
            first.GetRequiredService<HostAddress>().Set(new Uri("http://127.0.0.1:1/"));
            Assert.Single(await first.GetRequiredService<IComputePool>().GrowAsync(new PoolTarget("local", 1), Cancel));
            Assert.Null(await first.GetRequiredService<ISecretStore>().GetAsync("none", Cancel));
            await StopAsync(first);
            Assert.Empty(await first.GetRequiredService<IComputePool>().ListAsync("local", Cancel));
        }

        await using var second = Open();
        await StartAsync(second);
        Assert.NotNull(await second.GetRequiredService<IDocumentStore>().GetAsync(new DocumentKey("job", "1"), Cancel));
        Assert.NotNull(await second.GetRequiredService<IDoorbell>().TakeAsync("q", TimeSpan.FromSeconds(1), TimeSpan.Zero, Cancel));
        var query = System.Web.HttpUtility.ParseQueryString(url[url.IndexOf('?')..]);
        Assert.True(second.GetRequiredService<AddressSigner>().Verify(ArtifactPath.Parse("a"), ArtifactVerb.Write, query["expires"], query["signature"]));
        await StopAsync(second);
    }

    [Fact]
    public async Task Open_FolderInUse_IsConflict()
    {
        await using var first = Open();
        first.GetRequiredService<IDocumentStore>();
        await using var second = Open();
        var refused = Assert.Throws<ServerlessException>(second.GetRequiredService<IDocumentStore>);
        Assert.Equal(ProblemCodes.Conflict, refused.Code);
        Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderThatCannotBeMade_SaysWhy()
    {
        await File.WriteAllTextAsync(folder["run"], "a file in its place", Cancel);
        await using var host = Open();
        var failed = Assert.Throws<ServerlessException>(host.GetRequiredService<IDocumentStore>);
        Assert.Equal(ProblemCodes.Unavailable, failed.Code);
        Assert.Contains(folder.Path, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningKey_IsReadableByItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix's.");
        await using var host = Open();
        host.GetRequiredService<AddressSigner>();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(folder["keys/addresses.key"]).UnixFileMode);
    }

    public void Dispose() => folder.Dispose();

    private ServiceProvider Open() => new ServiceCollection()
        .AddLogging()
        .AddLocalInfrastructure(new LocalInfrastructureOptions { DataFolder = folder.Path, AgentCommand = ["/bin/sh", "-c", "sleep 600", "agent"] })
        .BuildServiceProvider();

    private static async Task StartAsync(IServiceProvider host)
    {
        foreach (var service in host.GetServices<IHostedService>())
            await service.StartAsync(Cancel);
    }

    private static async Task StopAsync(IServiceProvider host)
    {
        foreach (var service in host.GetServices<IHostedService>())
            await service.StopAsync(Cancel);
    }
}
