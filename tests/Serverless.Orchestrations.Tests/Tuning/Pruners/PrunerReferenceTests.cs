using Serverless.Tuning.Pruners;
using Serverless.Tuning.Pruning;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Pruners;

/// <summary>Thirty trials of 28 steps one after the other: the step at which each is given up (-1: never), against what Optuna 4.9.0 does with its pruner of the same settings.</summary>
public sealed class PrunerReferenceTests
{
    private const int Trials = 30;
    private const int Steps = 28;

    private static readonly Dictionary<string, (Func<IPruner> Pruner, string Expected)> References = new()
    {
        ["median"] = (() => new PercentilePruner(), "-1 -1 -1 -1 -1 0 -1 0 0 3 0 -1 1 0 0 0 0 0 0 0 0 0 -1 0 0 0 0 0 0 0"),
        ["median, late and seldom"] = (() => new PercentilePruner(startupTrials: 3, schedule: new PruningSchedule { WarmupSteps = 2, Interval = 3 }),
            "-1 -1 -1 -1 2 2 -1 2 2 2 2 -1 2 2 -1 2 2 5 2 2 2 2 -1 2 2 2 2 2 2 2"),
        ["percentile"] = (() => new PercentilePruner(25, startupTrials: 2, leastTrials: 3), "-1 -1 -1 0 0 0 0 0 0 0 0 7 2 0 0 0 0 0 0 0 0 0 -1 0 0 0 0 0 0 0"),
        ["threshold"] = (() => new ThresholdPruner(0.5, 4, new PruningSchedule { WarmupSteps = 3, Interval = 2 }),
            "7 -1 -1 15 -1 -1 -1 -1 -1 -1 -1 13 -1 5 -1 -1 -1 -1 -1 -1 -1 -1 7 -1 -1 -1 -1 -1 -1 -1"),
        ["patient"] = (() => new PatientPruner(patience: 4, leastGain: 0.05), "16 -1 -1 20 16 10 11 13 20 -1 16 18 15 -1 12 -1 20 -1 14 13 27 15 -1 14 24 -1 17 16 -1 20"),
        ["patient median"] = (() => new PatientPruner(new PercentilePruner(startupTrials: 2), patience: 2),
            "-1 -1 7 -1 7 8 14 11 18 21 11 9 7 -1 -1 6 9 5 5 11 17 13 -1 12 22 -1 11 9 7 10"),
        ["successive halving"] = (() => new SuccessiveHalvingPruner(1, 3), "-1 1 1 1 1 1 1 1 1 1 1 3 1 1 3 1 1 1 1 1 1 1 3 1 1 3 1 1 3 1"),
        // The reference guesses the first rung at the first complete trial and forgets what that one had there; here it counts, as when the reference is told the rung.
        ["successive halving by itself"] = (() => new SuccessiveHalvingPruner(), "-1 1 1 1 1 1 1 1 1 1 1 -1 1 1 4 1 1 1 1 1 1 1 4 1 1 4 1 1 4 1"),
        ["successive halving, later"] = (() => new SuccessiveHalvingPruner(2, 2, skippedRungs: 1, leastTrials: 2),
            "4 4 4 8 4 4 8 4 4 8 4 16 4 4 16 4 4 8 4 4 8 4 16 4 4 -1 8 4 8 8"),
        ["wilcoxon"] = (() => new WilcoxonPruner(), "-1 3 3 3 3 3 3 3 3 3 3 -1 3 3 12 3 3 3 3 3 3 3 -1 3 3 3 3 3 3 3"),
        ["wilcoxon, sure"] = (() => new WilcoxonPruner(0.01, 5), "-1 6 6 -1 6 6 11 6 6 7 6 -1 6 -1 24 6 6 6 6 6 6 6 -1 6 6 6 6 6 8 6"),
    };

    public static TheoryData<string> Names => [.. References.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Prune_TrialsOfTheReference_GivesUpThoseAtTheSameStep(string name) =>
        Assert.Equal(References[name].Expected, Run(References[name].Pruner(), Direction.Minimize));

    [Theory]
    [MemberData(nameof(Names))]
    public void Prune_SameTrialsTurnedRound_GivesUpTheSame(string name)
    {
        if (name != "threshold")
            Assert.Equal(References[name].Expected, Run(References[name].Pruner(), Direction.Maximize));
    }

    private static string Run(IPruner pruner, Direction direction)
    {
        var sign = direction == Direction.Minimize ? 1 : -1;
        var study = Study.Begin(SampleSpaces.Box(1, 0, 1), [new Objective("loss", direction)], new RandomSampler(), pruner, new StudyLimits(), 1);
        return string.Join(' ', Enumerable.Range(0, Trials).Select(trial => Run(study, trial, sign)));
    }

    private static int Run(Study study, int trial, int sign)
    {
        study.Apply(new TrialsAsked());
        for (var step = 0; step < Steps; step++)
        {
            if (study.Apply(new MetricReported(trial, step, sign * Value(trial, step))).Count == 0)
                continue;
            study.Apply(new TrialPruned(trial));
            return step;
        }

        study.Apply(new TrialCompleted(trial));
        return -1;
    }

    private static double Value(int trial, int step) => trial == 13 && step >= 4
        ? double.NaN
        : (trial * 7919 + step * 104729 + trial * step * 31) % 1000 / 1000.0 + trial * 37 % 11 / 5.0 + 3.0 / (step + 1);
}
