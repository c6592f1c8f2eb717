using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Serverless.Api.Access.Nodes;
using Serverless.Contracts;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Wire;
using Serverless.Core.Compute;
using Serverless.Functions.Tests.Api;

namespace Serverless.Functions.Tests.Access;

/// <summary>Nodes that prove themselves with the managed identity of their scale set.</summary>
public sealed class NodeIdentityTests
{
    private const string Principal = "bbbbbbbb-0000-0000-0000-000000000002";
    private const string Identity = "/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes";
    private const string Machines = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_OfAPool_IsLetInByItsIdentity_AndItsRecordIsMade()
    {
        await using var scene = await SceneAsync();
        using var node = scene.Client(scene.Token(), scene.NodeId);
        Assert.Equal(HttpStatusCode.OK, await HelloAsync(node, scene.NodeId));
        var record = await scene.Host.Get<NodeSet>().FindAsync(scene.NodeId, Cancel);
        Assert.Equal(("local", NodeStatus.Idle, null), (record!.Pool, record.Status, record.TokenSha256));
        using var claim = await node.PostAsync(Routes.AgentClaim, ApiHost.Json(new ClaimRequest(scene.NodeId, 0), ContractsJson.Default.ClaimRequest), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, claim.StatusCode);
    }

    [Fact]
    public async Task Token_OfVersion2_WhichNamesNoResource_IsTakenByItsObjectId()
    {
        await using var scene = await SceneAsync();
        using var node = scene.Client(scene.Token(("iss", $"{scene.Provider.Address.AbsoluteUri.TrimEnd('/')}/{OpenIdProvider.Tenant}/v2.0"), ("xms_mirid", null), ("xms_az_rid", null)), scene.NodeId);
        Assert.Equal(HttpStatusCode.OK, await HelloAsync(node, scene.NodeId));
    }

    [Fact]
    public async Task Node_ThatSpeaksForAnother_IsForbidden_AndOneThatNobodyHasIsNone()
    {
        await using var scene = await SceneAsync();
        using var node = scene.Client(scene.Token(), scene.NodeId);
        Assert.Equal(HttpStatusCode.Forbidden, await HelloAsync(node, "node-of-another"));
        foreach (var id in new[] { "node-unheard-of", "../x", "", null })
        {
            using var stranger = scene.Client(scene.Token(), id);
            Assert.Equal(HttpStatusCode.Unauthorized, await HelloAsync(stranger, "node-unheard-of"));
        }
    }

    [Fact]
    public async Task Node_ThatIsGone_IsLetInNoMore()
    {
        await using var scene = await SceneAsync();
        using var node = scene.Client(scene.Token(), scene.NodeId);
        Assert.Equal(HttpStatusCode.OK, await HelloAsync(node, scene.NodeId));
        await scene.Host.Get<NodeSet>().UpdateAsync(scene.NodeId, record => record with { Status = NodeStatus.Gone }, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, await HelloAsync(node, scene.NodeId));
    }

    public static TheoryData<string, string?> Wrong => new()
    {
        { "oid", null },
        { "sub", "pairwise-subject-of-a-person" },
        { "oid", "cccccccc-0000-0000-0000-000000000003" },
        { "xms_mirid", Identity + "-of-another" },
        { "xms_az_rid", "/subscriptions/s/resourceGroups/other/providers/Microsoft.Compute/virtualMachineScaleSets/x" },
        { "tid", OpenIdProvider.OtherTenant },
        { "aud", "https://management.azure.com/" },
        { "exp", null },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Token_OfAnotherIdentityOrMachine_IsNoNodes(string claim, string? value)
    {
        await using var scene = await SceneAsync();
        using var node = scene.Client(scene.Token((claim, value)), scene.NodeId);
        Assert.Equal(HttpStatusCode.Unauthorized, await HelloAsync(node, scene.NodeId));
    }

    [Fact]
    public async Task Token_OfANode_MayNothingElse_AndAPersonsTokenIsNoNodes()
    {
        await using var scene = await SceneAsync();
        using var node = scene.Client(scene.Token(), scene.NodeId);
        using var refused = await node.GetAsync(Routes.Jobs, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var admin = scene.Client(scene.Provider.Sign(scene.Provider.Claims("admin")), scene.NodeId);
        Assert.Equal(HttpStatusCode.Unauthorized, await HelloAsync(admin, scene.NodeId));
    }

    [Fact]
    public async Task Token_OfItsOwn_StillWorks_AndTheHeaderChangesNothing()
    {
        await using var scene = await SceneAsync();
        using var node = await scene.Host.NodeAsync("node-own");
        node.DefaultRequestHeaders.Add(AgentProtocol.NodeHeader, scene.NodeId);
        Assert.Equal(HttpStatusCode.Forbidden, await HelloAsync(node, scene.NodeId));
        Assert.Equal(HttpStatusCode.OK, await HelloAsync(node, "node-own"));
    }

    private static async Task<HttpStatusCode> HelloAsync(HttpClient client, string nodeId)
    {
        var hello = new NodeHello { NodeId = nodeId, Pool = "local", VCpus = 2, MemoryBytes = 1L << 30, Os = "linux-x64", AgentVersion = "0.1.0" };
        using var answer = await client.PostAsync(Routes.AgentHello, ApiHost.Json(hello, ContractsJson.Default.NodeHello), Cancel);
        return answer.StatusCode;
    }

    private static async Task<Scene> SceneAsync()
    {
        var provider = await OpenIdProvider.StartAsync();
        var options = ApiHost.Keys() with { Entra = provider.Options, Nodes = new NodeIdentityOptions { PrincipalId = Principal, ResourceId = Identity, MachinesBelow = Machines } };
        var host = await ApiHost.StartAsync(options: options);
        var made = await host.Get<IComputePool>().GrowAsync(new PoolTarget("local", 1), Cancel);
        return new Scene(provider, host, made[0].Id);
    }

    private sealed record Scene(OpenIdProvider Provider, ApiHost Host, string NodeId) : IAsyncDisposable
    {
        public string Token(params (string Claim, string? Value)[] changes)
        {
            var claims = Provider.Claims();
            claims.Remove("scp");
            claims.Remove("roles");
            (claims["oid"], claims["sub"], claims["iss"]) = (Principal, Principal, $"https://sts.windows.net/{OpenIdProvider.Tenant}/");
            (claims["xms_mirid"], claims["xms_az_rid"]) = (Identity, Machines + "virtualMachineScaleSets/x");
            foreach (var (claim, value) in changes)
            {
                if (value is null)
                    claims.Remove(claim);
                else
                    claims[claim] = JsonValue.Create(value);
            }

            return Provider.Sign(claims);
        }

        public HttpClient Client(string token, string? node)
        {
            var client = Host.WithKey(null);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (node is not null)
                client.DefaultRequestHeaders.TryAddWithoutValidation(AgentProtocol.NodeHeader, node);
            return client;
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }
}
