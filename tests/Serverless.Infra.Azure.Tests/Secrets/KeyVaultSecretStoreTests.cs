using System.Net;
using Serverless.Conformance.Secrets;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Secrets;
using Serverless.Infra.Azure.Secrets;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Secrets;

public sealed class KeyVaultSecretStoreTests : SecretStoreConformance, IAsyncLifetime
{
    private FakeVault? vault;

    protected override ISecretStore Store => new KeyVaultSecretStore(vault!.Client());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => vault = await FakeVault.StartAsync(Cancel);

    public ValueTask DisposeAsync() => vault!.DisposeAsync();

    [Fact]
    public async Task Get_AnySecret_AsksForATokenOfTheVault()
    {
        vault!.Values["a"] = "x";
        await Store.GetAsync("a", Cancel);
        Assert.Equal(["https://vault.azure.net/.default"], vault.Identity.Scopes.Distinct());
    }

    [Fact]
    public async Task Get_DisabledOrForbidden_FailsAndSaysNoValue()
    {
        vault!.Values["a"] = "the value";
        vault.Disabled.Add("a");
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => Store.GetAsync("a", Cancel));
        Assert.Equal((ProblemCodes.Unavailable, false), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("the value", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_VaultBusy_IsTriedAgainThenUnavailable()
    {
        vault!.Values["a"] = "x";
        var faults = new Faults().Answer(HttpStatusCode.TooManyRequests, 2);
        var store = new KeyVaultSecretStore(vault.Client(faults));
        Assert.Equal("x", await store.GetAsync("a", Cancel));
        faults.Answer(HttpStatusCode.ServiceUnavailable, 10);
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => store.GetAsync("a", Cancel));
        Assert.Equal((ProblemCodes.Unavailable, true), (failure.Code, failure.Retryable));
    }

    protected override Task GivenAsync(string name, string value)
    {
        vault!.Values[SecretNames.InVault(name)!] = value;
        return Task.CompletedTask;
    }
}
