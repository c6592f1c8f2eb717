namespace Serverless.Tuning.Studies;

/// <summary>How much a study may do.</summary>
public sealed record StudyLimits
{
    /// <summary>The most trials to start in all, imported ones not among them. A study holds its trials in memory, hence the end.</summary>
    public int MaxTrials { get; init; } = 100_000;

    /// <summary>The most trials that run at once.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>The failed trials after which the study stops: a program that always fails should not cost the whole budget. Null: no such limit.</summary>
    public int? MaxFailures { get; init; }

    /// <summary>The time after which no trial is started; null: no such limit.</summary>
    public TimeSpan? MaxElapsed { get; init; }

    /// <summary>The cost from which on no trial is started; null: no such limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>A value of the one objective that is good enough; null: none is.</summary>
    public double? Target { get; init; }
}
