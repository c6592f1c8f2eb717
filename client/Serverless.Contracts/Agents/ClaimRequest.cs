namespace Serverless.Contracts.Agents;

/// <summary>Asks for a job. Answered by 200 with a <see cref="JobTicket"/>, or 204 when none came within the wait.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="WaitSeconds">How long the host may hold the request, 0 to <see cref="AgentProtocol.MaxClaimWaitSeconds"/>.</param>
public sealed record ClaimRequest(string NodeId, double WaitSeconds);
