using Serverless.Contracts.Values;

namespace Serverless.Contracts.Studies;

/// <summary>A trial of a study.</summary>
public sealed record StudyTrial
{
    /// <summary>Its number in the study, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialStatus Status { get; init; }

    /// <summary>The values of the parameters that are there, in the order of the space.</summary>
    public IReadOnlyDictionary<string, ScalarValue> Parameters { get; set; } = new Dictionary<string, ScalarValue>();

    /// <summary>One value for each objective; none unless it is complete.</summary>
    public IReadOnlyList<double> Values { get; set; } = [];

    /// <summary>The last step that it reported of the first objective.</summary>
    public long? LastStep { get; init; }

    /// <summary>The last value that it reported of the first objective.</summary>
    public double? LastValue { get; init; }

    /// <summary>The seconds that its program ran; null until it ends, and when it never ran.</summary>
    public double? Seconds { get; init; }

    /// <summary>What it has cost; null until it ends.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The trial whose newest checkpoint it began with (population-based training); null: it began from nothing.</summary>
    public int? Parent { get; init; }

    /// <summary>Which turn in a row it is: one more than its parent's; null without one.</summary>
    public int? Turn { get; init; }

    /// <summary>Its job; null for one that was taken from an earlier study.</summary>
    public string? JobId { get; init; }
}
