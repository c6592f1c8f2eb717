namespace Serverless.Contracts.Jobs;

/// <summary>Metric points in the order in which the agent saw them.</summary>
/// <param name="Points">The points after the position that was asked for.</param>
/// <param name="Next">The position to ask for next.</param>
/// <param name="Ended">Whether the job has ended, so that nothing more will come.</param>
public sealed record JobMetrics(IReadOnlyList<MetricPoint> Points, long Next, bool Ended);
