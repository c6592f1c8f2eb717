using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Infra.Local.Compute;
using Serverless.TestKit.Fakes;

namespace Serverless.Infra.Tests.Compute;

public sealed class LocalNodeTokensTests
{
    private readonly NodeSet nodes = new(new MemoryDocumentStore());
    private readonly LocalNodeTokens tokens;

    public LocalNodeTokensTests() => tokens = new LocalNodeTokens(nodes, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_EachNodeItsOwn_OnlyTheHashIsKept()
    {
        var first = await tokens.IssueAsync("local", "node-1", Cancel);
        var second = await tokens.IssueAsync("local", "node-2", Cancel);
        Assert.Equal(new NodeIdentity("node-1", "local"), await tokens.IdentifyAsync(first, Cancel));
        Assert.Equal(new NodeIdentity("node-2", "local"), await tokens.IdentifyAsync(second, Cancel));
        Assert.DoesNotContain(first, (await nodes.FindAsync("node-1", Cancel))!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_Again_TheOldOneProvesNothing()
    {
        var first = await tokens.IssueAsync("local", "node-1", Cancel);
        var second = await tokens.IssueAsync("local", "node-1", Cancel);
        Assert.Null(await tokens.IdentifyAsync(first, Cancel));
        Assert.NotNull(await tokens.IdentifyAsync(second, Cancel));
    }

    [Fact]
    public async Task Identify_RevokedOrGone_IsNull()
    {
        var revoked = await tokens.IssueAsync("local", "node-1", Cancel);
        await tokens.RevokeAsync("node-1", Cancel);
        await tokens.RevokeAsync("node-none", Cancel);
        Assert.Null(await tokens.IdentifyAsync(revoked, Cancel));
        var gone = await tokens.IssueAsync("local", "node-2", Cancel);
        await nodes.UpdateAsync("node-2", node => node with { Status = NodeStatus.Gone }, Cancel);
        Assert.Null(await tokens.IdentifyAsync(gone, Cancel));
    }

    [Fact]
    public async Task Identify_Forged_IsNull()
    {
        var token = await tokens.IssueAsync("local", "node-1", Cancel);
        var secret = token[(token.IndexOf('.') + 1)..];
        foreach (var forged in new[] { "", ".", "node-1", "node-1.", "node-2." + secret, "." + secret, token + "x", token[..^1], token.ToUpperInvariant(), new string('x', 100_000) + "." + secret })
            Assert.Null(await tokens.IdentifyAsync(forged, Cancel));
    }
}
