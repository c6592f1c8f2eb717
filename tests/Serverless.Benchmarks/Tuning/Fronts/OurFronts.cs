using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Benchmarks.Tuning.Fronts;

/// <summary>Studies of several objectives with our samplers, as anyone runs them.</summary>
internal static class OurFronts
{
    /// <summary>Runs a study.</summary>
    /// <param name="sampler">A name of the catalogue.</param>
    /// <param name="problem">What is searched.</param>
    /// <param name="seed">From which seed.</param>
    /// <param name="trials">How many trials.</param>
    public static FrontCourse Run(string sampler, FrontProblem problem, int seed, int trials)
    {
        var made = SamplerCatalog.Create(sampler, new Dictionary<string, double>(), out var errors) ?? throw new ArgumentException(string.Join(' ', errors.Select(error => error.ToString())), nameof(sampler));
        var study = Study.Begin(problem.Space, [.. problem.Reference.Select((_, index) => new Objective($"loss{index}"))], made, new NoPruner(), new StudyLimits { MaxTrials = trials }, seed);
        var losses = new double[trials][];
        for (var trial = 0; trial < trials; trial++)
        {
            var start = study.Apply(new TrialsAsked()).OfType<StartTrial>().Single();
            losses[trial] = problem.Evaluate(start.Values.ToDictionary(pair => pair.Key, pair => pair.Value));
            study.Apply(new TrialCompleted(start.Trial, losses[trial]));
        }

        return new FrontCourse(sampler, problem.Name, seed, losses);
    }
}
