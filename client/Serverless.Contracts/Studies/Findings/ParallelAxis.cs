using Serverless.Contracts.Values;

namespace Serverless.Contracts.Studies.Findings;

/// <summary>An axis of <see cref="ParallelCoordinates"/>.</summary>
public sealed record ParallelAxis
{
    /// <summary>The parameter's name, or the objective's metric.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows.</summary>
    public required AxisKind Kind { get; init; }

    /// <summary>What is at 0: a parameter's least value, the least value of an objective in the trials. Null of choices, and of an objective without a value.</summary>
    public double? Low { get; init; }

    /// <summary>What is at 1.</summary>
    public double? High { get; init; }

    /// <summary>Equal ratios have equal distances.</summary>
    public bool Log { get; init; }

    /// <summary>The distance of two values of a stepped number.</summary>
    public double? Step { get; init; }

    /// <summary>The choices, the first at 0, the last at 1.</summary>
    public IReadOnlyList<ScalarValue>? Choices { get; init; }

    /// <summary>Of an objective: which values are good.</summary>
    public ObjectiveDirection? Direction { get; init; }

    /// <summary>Of a parameter: it is not there in every trial.</summary>
    public bool Conditional { get; init; }
}
