namespace Serverless.Core.Jobs;

/// <summary>Between which values a metric went.</summary>
/// <param name="Min">The smallest that was a number.</param>
/// <param name="Max">The largest that was a number.</param>
public sealed record MetricRange(double Min, double Max)
{
    /// <summary>The range with one more value, which is a number.</summary>
    public MetricRange With(double value) => value < Min ? this with { Min = value } : value > Max ? this with { Max = value } : this;
}
