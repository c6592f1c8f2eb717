namespace Serverless.Tuning.Planning;

/// <summary>How closely a study is looked at, in seconds.</summary>
public sealed record LookPace
{
    /// <summary>How often metrics are read for a pruner.</summary>
    public double GlanceSeconds { get; init; } = 1;

    /// <summary>How often the study is looked at when no trial ends.</summary>
    public double PatienceSeconds { get; init; } = 30;

    /// <summary>From the decision that a trial is to stop to its program's end.</summary>
    public double StopSeconds { get; init; } = 1;

    /// <summary>From a trial's end to the claim of the one that follows it on the same node.</summary>
    public double HandoverSeconds { get; init; } = 0.05;
}
