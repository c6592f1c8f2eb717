namespace Serverless.Contracts.Studies.Findings;

/// <summary>A trial that has ended, and how far the study was then.</summary>
public sealed record EndedTrial
{
    /// <summary>Which of the study's own trials it was to end, from 1.</summary>
    public required int Order { get; init; }

    /// <summary>Its number in the study.</summary>
    public required int Number { get; init; }

    /// <summary>How it ended.</summary>
    public required TrialStatus Status { get; init; }

    /// <summary>One value for each objective; none unless it is complete.</summary>
    public IReadOnlyList<double> Values { get; set; } = [];

    /// <summary>The best value of each objective up to then; none before the first complete trial.</summary>
    public IReadOnlyList<double> Best { get; set; } = [];

    /// <summary>Whether it was better than all before it; with several objectives: no trial before it was at least as good in all.</summary>
    public bool Improved { get; init; }

    /// <summary>Whether it is the best now; with several objectives: no trial is at least as good in all and better in one.</summary>
    public bool OnFront { get; init; }

    /// <summary>With two to four objectives: the volume that the trials up to then dominate, up to <see cref="StudyHistory.Reference"/>. Null with more, and with three or four from where more than 50 trials are on the front.</summary>
    public double? Hypervolume { get; init; }

    /// <summary>Seconds from the study's beginning to the trial's end; null when an older release ran it.</summary>
    public double? Seconds { get; init; }

    /// <summary>How long its program ran, in seconds.</summary>
    public double? RanSeconds { get; init; }

    /// <summary>What it cost.</summary>
    public decimal? Cost { get; init; }

    /// <summary>What the trials up to then cost together, as far as it is known.</summary>
    public decimal CostSoFar { get; init; }
}
