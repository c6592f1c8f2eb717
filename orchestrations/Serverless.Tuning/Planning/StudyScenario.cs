using Serverless.Tuning.Pruning;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Planning;

/// <summary>A study as it is simulated: what it searches, what its trials are like, and what they run on. Times are in seconds, prices per hour.</summary>
/// <param name="Space">The space.</param>
/// <param name="Objectives">The objectives; at least one.</param>
/// <param name="Limits">The limits. A target is left alone: nobody knows beforehand how good a trial will be.</param>
public sealed record StudyScenario(SpaceDescription Space, IReadOnlyList<Objective> Objectives, StudyLimits Limits)
{
    /// <summary>Makes the sampler, one for each study.</summary>
    public required Func<ISampler> Sampler { get; init; }

    /// <summary>Makes the pruner, one for each study; null: every trial runs to its end.</summary>
    public Func<IPruner>? Pruner { get; init; }

    /// <summary>Points that are tried first, each the values of the parameters that are there.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, ParameterValue>> Tries { get; init; } = [];

    /// <summary>What a trial is like.</summary>
    public required TrialModel Trial { get; init; }

    /// <summary>What it runs on.</summary>
    public required PoolModel Pool { get; init; }

    /// <summary>How closely the study is looked at.</summary>
    public LookPace Pace { get; init; } = new();
}
