using System.Diagnostics;
using Serverless.Benchmarks.Tuning.Functions;
using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Samplers.Auto;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Benchmarks.Tuning;

/// <summary>Studies with our samplers, as anyone runs them: nothing is told of the function but its space.</summary>
internal static class OurStudies
{
    /// <summary>Auto without the middle of the space as its first trial.</summary>
    public const string NotFromTheMiddle = "auto, not from the middle";

    /// <summary>Runs a study.</summary>
    /// <param name="sampler">A name of the catalogue, or <see cref="NotFromTheMiddle"/>.</param>
    /// <param name="function">What is searched.</param>
    /// <param name="seed">From which seed.</param>
    /// <param name="lateAsks">Gets the milliseconds of each of the last ten proposals.</param>
    public static Course Run(string sampler, TestFunction function, int seed, Figures? lateAsks = null)
    {
        var study = Study.Begin(function.Space, [new Objective("loss")], Create(sampler), new NoPruner(), new StudyLimits { MaxTrials = Course.Trials }, seed);
        var curve = new double[Course.Trials];
        var best = double.PositiveInfinity;
        for (var trial = 0; trial < Course.Trials; trial++)
        {
            var begin = Stopwatch.GetTimestamp();
            var start = study.Apply(new TrialsAsked()).OfType<StartTrial>().Single();
            if (trial >= Course.Trials - 10)
                lateAsks?.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            var value = function.Evaluate(start.Values.ToDictionary(pair => pair.Key, pair => pair.Value));
            study.Apply(new TrialCompleted(start.Trial, [value]));
            curve[trial] = best = Math.Min(best, value);
        }

        return new Course(sampler, function.Name, seed, curve);
    }

    private static ISampler Create(string name)
    {
        if (name == NotFromTheMiddle)
            return new AutoSampler { BeginsInTheMiddle = false };
        return SamplerCatalog.Create(name, new Dictionary<string, double>(), out var errors)
            ?? throw new ArgumentException(string.Join(' ', errors.Select(error => error.ToString())), nameof(name));
    }
}
