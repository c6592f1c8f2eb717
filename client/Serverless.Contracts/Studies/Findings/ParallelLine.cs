using Serverless.Contracts.Values;

namespace Serverless.Contracts.Studies.Findings;

/// <summary>A trial as a line across the axes.</summary>
public sealed record ParallelLine
{
    /// <summary>Its number in the study.</summary>
    public required int Number { get; init; }

    /// <summary>How it ended: complete or pruned.</summary>
    public required TrialStatus Status { get; init; }

    /// <summary>Where it crosses each axis, 0 to 1; null: the parameter is not there, or the trial has no finite value of the objective.</summary>
    public required IReadOnlyList<double?> Positions { get; init; }

    /// <summary>The value on each axis; null: not there. An infinite one is a text.</summary>
    public required IReadOnlyList<ScalarValue?> Values { get; init; }
}
