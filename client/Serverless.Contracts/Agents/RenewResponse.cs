namespace Serverless.Contracts.Agents;

/// <summary>The answer to a renewal.</summary>
/// <param name="LeaseSeconds">How long the claim holds from now.</param>
/// <param name="Stop">Whether the program is to be stopped (SIGTERM, grace, kill).</param>
public sealed record RenewResponse(double LeaseSeconds, bool Stop);
