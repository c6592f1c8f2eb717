namespace Serverless.Contracts.Agents;

/// <summary>Names and numbers that the agent and the host agree on. See <c>docs/agent-protocol.md</c>.</summary>
public static class AgentProtocol
{
    /// <summary>The version of the protocol, sent by the agent in <see cref="VersionHeader"/>.</summary>
    public const int Version = 1;

    /// <summary>The header with the protocol's version.</summary>
    public const string VersionHeader = "Serverless-Agent-Version";

    /// <summary>The environment variable that gives an agent its node's token. It is never passed on to a program.</summary>
    public const string TokenVariable = "SERVERLESS_NODE_TOKEN";

    /// <summary>
    /// The header in which an agent says which node it is when its proof does not: a managed identity's token is the same on every machine of a scale set.
    /// A node's own token names its node, and this header is then not looked at.
    /// </summary>
    public const string NodeHeader = "Serverless-Node";

    /// <summary>Longest wait of one claim, in seconds; the agent then asks again.</summary>
    public const int MaxClaimWaitSeconds = 30;

    /// <summary>Most bytes of log in one append.</summary>
    public const int MaxLogBytes = 1024 * 1024;

    /// <summary>Most metric points in one report.</summary>
    public const int MaxPoints = 5_000;

    /// <summary>Most lines of log that travel with a failure.</summary>
    public const int LogTailLines = 50;

    /// <summary>Most characters of one line of that tail.</summary>
    public const int LogTailLineLength = 2_000;
}
