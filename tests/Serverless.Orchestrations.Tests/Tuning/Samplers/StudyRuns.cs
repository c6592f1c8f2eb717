using Serverless.Tuning.Pruners;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers;

/// <summary>Runs studies whose trials end at once.</summary>
internal static class StudyRuns
{
    /// <summary>A study after so many trials, one after the other, or all that its sampler has.</summary>
    public static Study Run(SpaceDescription space, ISampler sampler, int trials, long seed, Func<Trial, double[]> values, IReadOnlyList<Objective>? objectives = null)
    {
        var study = Study.Begin(space, objectives ?? [new Objective("loss")], sampler, new NoPruner(), new StudyLimits(), seed);
        for (var trial = 0; trial < trials; trial++)
        {
            if (study.Apply(new TrialsAsked()).OfType<StartTrial>().SingleOrDefault() is { } start)
                study.Apply(new TrialCompleted(start.Trial, values(study.History.Trials[start.Trial])));
        }

        return study;
    }

    /// <summary>The least first value.</summary>
    public static double Best(Study study) => study.History.Trials.Min(trial => trial.Values[0]);

    /// <summary>The distance from a place, squared: a bowl.</summary>
    public static double[] Bowl(Trial trial, double place)
    {
        var sum = 0.0;
        foreach (var coordinate in trial.Point)
            sum += (coordinate - place) * (coordinate - place);
        return [sum];
    }
}
