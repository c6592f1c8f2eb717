using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>A trial as it is saved.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Point">Its coordinates; <see cref="double.NaN"/>: not there.</param>
/// <param name="Status">Where it is in its life.</param>
public sealed record TrialRecord(int Number, double[] Point, TrialStatus Status)
{
    /// <summary>Where its point comes from.</summary>
    public TrialOrigin Origin { get; init; }

    /// <summary>The trial whose checkpoint it began with.</summary>
    public int? Parent { get; init; }

    /// <summary>Its values; none unless it is complete.</summary>
    public double[] Values { get; init; } = [];

    /// <summary>For each objective the steps at which it reported.</summary>
    public int[][] Steps { get; init; } = [];

    /// <summary>For each objective the values that it reported.</summary>
    public double[][] Reports { get; init; } = [];

    /// <summary>What was said of its end.</summary>
    public TrialEnding? Ending { get; init; }

    /// <summary>It was told to stop, and has not ended yet.</summary>
    public bool StopAsked { get; init; }

    /// <summary>It has failed because it was broken off from outside.</summary>
    public bool Cut { get; init; }

    /// <summary>How often it was begun anew after it had been broken off.</summary>
    public int Repeats { get; init; }
}
