namespace Serverless.Contracts.Studies.Plans;

/// <summary>Asks what a study would come to. Nothing is submitted.</summary>
public sealed record StudyPlanRequest
{
    /// <summary>The study, as it would be submitted.</summary>
    public required StudySpec Study { get; init; }

    /// <summary>How long a trial takes, from its claim to its end, in seconds, 0.001 to 2,592,000; with <see cref="TrialSecondsTo"/> the time that a tenth of them stays below. Default: by earlier trials.</summary>
    public double? TrialSeconds { get; init; }

    /// <summary>The time in seconds that a tenth of the trials takes longer than; at least <see cref="TrialSeconds"/>. Default: as far from it as trials usually are.</summary>
    public double? TrialSecondsTo { get; init; }

    /// <summary>How often a whole trial reports its metric, 1 to 1,000,000: what a pruner decides by. Default: by earlier trials.</summary>
    public int? Steps { get; init; }

    /// <summary>The seconds of one step, in place of <see cref="TrialSeconds"/>; with <see cref="Steps"/>.</summary>
    public double? StepSeconds { get; init; }

    /// <summary>The part of the trials that fail, 0 to 1. Default: by earlier trials, else none.</summary>
    public double? FailureRate { get; init; }
}
