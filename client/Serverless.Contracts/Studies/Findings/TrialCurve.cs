namespace Serverless.Contracts.Studies.Findings;

/// <summary>What a trial reported while it ran.</summary>
public sealed record TrialCurve
{
    /// <summary>Its number in the study.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialStatus Status { get; init; }

    /// <summary>The steps, rising.</summary>
    public required IReadOnlyList<long> Steps { get; init; }

    /// <summary>The value at each step; may be NaN.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>How many values it reported. When there are more than were asked for: the first and the last, and the least and the greatest of equal parts between them, so that no peak is lost.</summary>
    public required int Points { get; init; }

    /// <summary>Its value of the objective; null unless it is complete.</summary>
    public double? Value { get; init; }
}
