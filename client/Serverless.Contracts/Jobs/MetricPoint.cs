namespace Serverless.Contracts.Jobs;

/// <summary>One value of a metric.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Value">The value; NaN and infinities are allowed and written as text.</param>
/// <param name="Step">The program's own step, when it said one.</param>
/// <param name="At">When the agent saw it.</param>
public sealed record MetricPoint(string Name, double Value, long? Step, DateTimeOffset At);
