namespace Serverless.Contracts.Agents;

/// <summary>What the host answers to <see cref="NodeHello"/>.</summary>
/// <param name="IdleSeconds">Seconds without work after which the agent leaves.</param>
/// <param name="LeaseSeconds">How long a claim or a renewal holds. An agent that could not renew for so long must kill its program.</param>
/// <param name="RenewSeconds">How often the agent renews; a report renews too.</param>
public sealed record NodeWelcome(double IdleSeconds, double LeaseSeconds, double RenewSeconds)
{
    /// <summary>How long the agent gathers what a job says (log lines, metrics) before it sends it, in seconds; null: 0.1.</summary>
    public double? BatchSeconds { get; init; }
}
