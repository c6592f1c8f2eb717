namespace Serverless.Core.Experiments.Comparisons;

/// <summary>Which of a metric's values is compared.</summary>
public enum MetricPick
{
    /// <summary>The last.</summary>
    Last,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The smallest or the largest, as a study's objective or a gate says.</summary>
    Best,
}
