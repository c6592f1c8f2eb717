using Serverless.Tuning.Pareto;

namespace Serverless.Benchmarks.Tuning.Fronts;

/// <summary>One study with several losses.</summary>
/// <param name="Sampler">Who searched.</param>
/// <param name="Problem">What.</param>
/// <param name="Seed">From which seed.</param>
/// <param name="Losses">Those of each trial.</param>
internal sealed record FrontCourse(string Sampler, string Problem, int Seed, double[][] Losses)
{
    /// <summary>After how many trials the fronts are compared.</summary>
    public static IReadOnlyList<int> Budgets { get; } = [50, 100, 200];

    /// <summary>The volume between the front of the first trials and the problem's reference point.</summary>
    public double VolumeAfter(int trials) => Hypervolume.Of(Losses[..trials], FrontProblems.All.Single(problem => problem.Name == Problem).Reference);
}
