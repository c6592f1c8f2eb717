using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.Arm;
using Serverless.Infra.Compute.Offers;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

public sealed class SignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyCall_WithoutAToken_SaysToSignIn_AndJobsAreStillTaken()
    {
        var pool = new ScaleSetPool(
            new ScaleSetPoolOptions { SubscriptionId = FakeArmServer.Subscription, ResourceGroup = FakeArmServer.Group, Owner = "test", Templates = [ScaleSetBench.Template()], Prices = PriceFile.Embedded() },
            ArmClients.Create(new Nobody(), FakeArmServer.Subscription), new ManualTime(), NullLogger<ScaleSetPool>.Instance);

        foreach (var call in new Func<Task>[] { () => pool.ListAsync("local", Cancel), () => pool.GrowAsync(new PoolTarget("local", 1), Cancel), () => pool.TerminateAsync("local", "x", Cancel) })
        {
            var failed = await Assert.ThrowsAsync<ServerlessException>(call);
            Assert.Equal((ProblemCodes.Unavailable, true), (failed.Code, failed.Retryable));
            Assert.Contains("az login", failed.Cure, StringComparison.Ordinal);
        }

        Assert.Empty(await pool.ShortagesAsync("local", Cancel));
        Assert.Equal(0, await pool.SweepAsync(Cancel));
        Assert.Single(await pool.OffersAsync(Cancel));
    }

    private sealed class Nobody : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext context, CancellationToken cancel) => throw new AuthenticationFailedException("Nobody is signed in.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext context, CancellationToken cancel) => throw new AuthenticationFailedException("Nobody is signed in.");
    }
}
