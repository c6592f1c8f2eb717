using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Secrets;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Secrets;

public sealed class SecretStoreTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_GivesItsText_WithoutTheLastLineEnd()
    {
        await File.WriteAllTextAsync(folder["db-password"], " pass word\n", Cancel);
        Assert.Equal(" pass word", await new FileSecretStore(folder.Path).GetAsync("db-password", Cancel));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("../secret")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    [InlineData("A")]
    public async Task File_NotThereOrNoName_IsNull(string name)
    {
        await File.WriteAllTextAsync(folder["secret"], "x", Cancel);
        Directory.CreateDirectory(folder["inner"]);
        Assert.Null(await new FileSecretStore(folder["inner"]).GetAsync(name, Cancel));
    }

    [Fact]
    public async Task File_TooLarge_IsRefusedWithoutItsContent()
    {
        await File.WriteAllTextAsync(folder["big"], new string('s', 70_000), Cancel);
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => new FileSecretStore(folder.Path).GetAsync("big", Cancel));
        Assert.Equal(ProblemCodes.TooLarge, failed.Code);
        Assert.DoesNotContain("sss", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_NameBecomesAVariable_AndTheFileComesFirst()
    {
        Environment.SetEnvironmentVariable("SERVERLESS_SECRET_STORE_TEST_1", "from the environment");
        var store = new FileSecretStore(folder.Path, new EnvironmentSecretStore());
        Assert.Equal("from the environment", await store.GetAsync("store-test.1", Cancel));
        await File.WriteAllTextAsync(folder["store-test.1"], "from the file", Cancel);
        Assert.Equal("from the file", await store.GetAsync("store-test.1", Cancel));
        Assert.Null(await new EnvironmentSecretStore().GetAsync("PATH", Cancel));
    }

    public void Dispose() => folder.Dispose();
}
