namespace Serverless.Contracts.Jobs;

/// <summary>What a job costs: the machine's raw price times the time it was the job's, factor 1.0.</summary>
/// <param name="Amount">The amount so far.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="PricePerHour">The machine's price per hour.</param>
/// <param name="Seconds">The time that was counted.</param>
public sealed record JobCost(decimal Amount, string Currency, decimal PricePerHour, double Seconds);
