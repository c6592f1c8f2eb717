namespace Serverless.Agent.Hosts;

/// <summary>A token that the node was started with; its host made it for this node alone.</summary>
internal sealed class TokenProof(string token) : NodeProof
{
    public override bool NamesNode => true;

    public override ValueTask<string> TokenAsync(CancellationToken cancel) => new(token);

    public override bool Refused(string token) => false;
}
