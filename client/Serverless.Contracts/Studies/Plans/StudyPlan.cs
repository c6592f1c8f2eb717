using Serverless.Contracts.Jobs;

namespace Serverless.Contracts.Studies.Plans;

/// <summary>What a study would come to, from many simulated ones. Times are in seconds, amounts in <see cref="Currency"/> at the machines' raw prices.</summary>
public sealed record StudyPlan
{
    /// <summary>What is searched.</summary>
    public required PlanSpace Space { get; init; }

    /// <summary>Who proposes trials, and how: a sentence.</summary>
    public required string Sampler { get; init; }

    /// <summary>Who gives up trials, and how: a sentence.</summary>
    public required string Pruner { get; init; }

    /// <summary>The machine that each trial would get, and why.</summary>
    public required JobPlacement Placement { get; init; }

    /// <summary>How long a trial takes, and how that is known.</summary>
    public required PlanTrial Trial { get; init; }

    /// <summary>What is expected.</summary>
    public required PlanForecast Expected { get; init; }

    /// <summary>What it can cost at most.</summary>
    public required PlanCeiling Most { get; init; }

    /// <summary>ISO 4217 code of the amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>What else one could choose, the study as it is among it.</summary>
    public IReadOnlyList<PlanAlternative> Alternatives { get; set; } = [];

    /// <summary>From what the figures came. Sentences.</summary>
    public IReadOnlyList<string> Assumptions { get; set; } = [];

    /// <summary>What one should know before it is run. Sentences.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];
}
