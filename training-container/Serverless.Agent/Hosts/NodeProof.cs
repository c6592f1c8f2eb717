namespace Serverless.Agent.Hosts;

/// <summary>How a node proves to its host who it is.</summary>
internal abstract class NodeProof
{
    /// <summary>Whether the proof says which node it is; if not, the node says it beside (<see cref="Contracts.Agents.AgentProtocol.NodeHeader"/>).</summary>
    public abstract bool NamesNode { get; }

    /// <summary>The token that goes with each request: a secret, in no log and no message.</summary>
    /// <exception cref="HostFailure">There is none for now; a later try may have one.</exception>
    public abstract ValueTask<string> TokenAsync(CancellationToken cancel);

    /// <summary>The host did not accept the token.</summary>
    /// <returns>Whether another one may be accepted.</returns>
    public abstract bool Refused(string token);
}
