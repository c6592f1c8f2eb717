using Serverless.Agent.Unix;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Nodes;

/// <summary>The node's token, taken out of the environment.</summary>
internal static unsafe class NodeToken
{
    /// <summary>
    /// Reads the token, and wipes it where the system shows it: a job's program runs under the agent's user and could read the agent's environment in /proc. From then on
    /// other processes of that user cannot look into the agent's memory either.
    /// </summary>
    public static string? Take()
    {
        var token = Environment.GetEnvironmentVariable(AgentProtocol.TokenVariable);
        Environment.SetEnvironmentVariable(AgentProtocol.TokenVariable, null);
        for (var shown = Libc.Variable(AgentProtocol.TokenVariable); shown is not null && *shown != 0; shown++)
            *shown = (byte)'x';
        Libc.Control(Libc.SetDumpable, 0, 0, 0, 0);
        return token;
    }
}
