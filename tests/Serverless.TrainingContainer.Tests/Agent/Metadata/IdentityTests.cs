using Serverless.Agent.Hosts;
using Serverless.Agent.Metadata;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;
using Serverless.TrainingContainer.Tests.Agent.Containers;

namespace Serverless.TrainingContainer.Tests.Agent.Metadata;

/// <summary>A node that proves itself by its machine's managed identity.</summary>
public sealed class IdentityTests
{
    private readonly ManualTime clock = new();

    [Fact]
    public async Task Node_OfAScaleSet_HasItsMachinesNameAndIdentity()
    {
        await using var scene = await AgentScene.OpenAsync();
        await using var metadata = await FakeMetadata.StartAsync();
        scene.Host.Accepts = request => request.Headers.Authorization == $"Bearer {metadata.Token}" && request.Headers[AgentProtocol.NodeHeader] == $"node-{FakeMetadata.VmId}";
        scene.Host.IdleSeconds = 0.3;
        using var runtime = new DoubleRuntime();
        var job = scene.Host.Submit(scene.Ticket() with { Command = null, Image = "localhost:5000/double:1", Arguments = ["-c", "env; cat /proc/$PPID/environ | tr '\\0' '\\n'"] });

        var agent = scene.Agent("metadata", "", "--metadata", metadata.Address.ToString(), "--identity", "api://serverless", "--identity-client", "c1", "--container-runtime", runtime.Path);

        Assert.Equal(0, await agent.ExitCodeAsync());
        Assert.Equal(JobReason.Completed, scene.Host.Jobs[job].Exit!.Reason);
        Assert.Equal($"node-{FakeMetadata.VmId}", Assert.Single(scene.Host.Hellos).NodeId);
        Assert.Contains("GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=api%3A%2F%2Fserverless&client_id=c1", metadata.Requests);
        Assert.DoesNotContain(agent.Lines, line => line.Contains(metadata.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(metadata.Token, scene.Host.Log(job), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ThatTheHostRefuses_IsFetchedAnewOnce()
    {
        await using var scene = await AgentScene.OpenAsync();
        await using var metadata = await FakeMetadata.StartAsync();
        scene.Host.Accepts = request =>
        {
            var good = request.Headers.Authorization == "Bearer identity-token-2";
            metadata.Token = "identity-token-2";
            return good;
        };
        var job = scene.Host.Submit(scene.Shell("true"));

        scene.Agent("node-1", "", "--metadata", metadata.Address.ToString(), "--identity", "api://serverless");
        var exit = await scene.Host.ExitAsync(job);

        // A process could ask the metadata service for the identity's token as well.
        Assert.Equal(JobReason.ImageUnavailable, exit.Reason);
        Assert.Contains("--default-image", exit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ThatTheHostRefusesAgain_EndsTheAgent()
    {
        await using var scene = await AgentScene.OpenAsync();
        await using var metadata = await FakeMetadata.StartAsync();

        var agent = scene.Agent("node-1", "", "--metadata", metadata.Address.ToString(), "--identity", "api://serverless");

        Assert.Equal(77, await agent.ExitCodeAsync());
        Assert.DoesNotContain(agent.Lines, line => line.Contains(metadata.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_IsKept_AndRenewedBeforeItsEnd()
    {
        await using var metadata = await FakeMetadata.StartAsync();
        metadata.TokenEnds = clock.GetUtcNow().AddMinutes(60);
        using var client = new InstanceMetadata(metadata.Address, clock);
        using var proof = new IdentityProof(client, "api://x", null, clock);

        Assert.Equal("identity-token-1", await proof.TokenAsync(TestContext.Current.CancellationToken));
        clock.Advance(TimeSpan.FromMinutes(54));
        await proof.TokenAsync(TestContext.Current.CancellationToken);
        Assert.Single(metadata.Requests);

        metadata.Token = "identity-token-2";
        metadata.TokenEnds = clock.GetUtcNow().AddMinutes(60);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("identity-token-2", await proof.TokenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Token_ThatCannotBeRenewed_IsUsedAsLongAsItHolds()
    {
        await using var metadata = await FakeMetadata.StartAsync();
        metadata.TokenEnds = clock.GetUtcNow().AddMinutes(60);
        using var client = new InstanceMetadata(metadata.Address, clock);
        using var proof = new IdentityProof(client, "api://x", null, clock);
        await proof.TokenAsync(TestContext.Current.CancellationToken);
        metadata.Faults = _ => 500;

        clock.Advance(TimeSpan.FromMinutes(57));
        Assert.Equal("identity-token-1", await proof.TokenAsync(TestContext.Current.CancellationToken));
        clock.Advance(TimeSpan.FromMinutes(4));
        var failure = await Assert.ThrowsAsync<HostFailure>(async () => await proof.TokenAsync(TestContext.Current.CancellationToken));

        Assert.True(failure.Retryable);
        Assert.Contains("--identity-client", failure.Message, StringComparison.Ordinal);
    }
}
