using Serverless.Tuning.Pruners;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Importance;

/// <summary>Histories to look at.</summary>
internal static class Histories
{
    /// <summary>Trials at points that were chosen, complete with their values.</summary>
    public static TrialHistory Of(SpaceDescription space, IReadOnlyList<double[]> points, IReadOnlyList<double[]> values, IReadOnlyList<Objective>? objectives = null) => Study.HistoryOf(
        new StudyState(space, objectives ?? [new Objective("loss")], RandomState.OfSeed(1).ToString())
        {
            Trials = [.. points.Select((point, i) => new TrialRecord(i, point, TrialStatus.Complete) { Values = values[i] })],
            Ended = [.. Enumerable.Range(0, points.Count)],
        });

    /// <summary>Trials at points drawn by chance, or proposed by a sampler.</summary>
    public static TrialHistory Run(SpaceDescription space, int trials, Func<Func<string, double>, double> loss, long seed = 1, ISampler? sampler = null)
    {
        var study = Study.Begin(space, [new Objective("loss")], sampler ?? new RandomSampler(), new NoPruner(), new StudyLimits(), seed);
        for (var trial = 0; trial < trials; trial++)
        {
            study.Apply(new TrialsAsked());
            var point = study.History.Trials[trial].Point.ToArray();
            study.Apply(new TrialCompleted(trial, [loss(name => point[study.History.Space.Find(name)!.Index])]));
        }

        return study.History;
    }
}
