namespace Serverless.Benchmarks.Tuning;

/// <summary>One study on one function.</summary>
/// <param name="Sampler">Who searched.</param>
/// <param name="Function">What.</param>
/// <param name="Seed">From which seed.</param>
/// <param name="Curve">The best value after each trial.</param>
internal sealed record Course(string Sampler, string Function, int Seed, double[] Curve)
{
    /// <summary>How many trials a study has.</summary>
    public const int Trials = 200;

    /// <summary>After how many trials the best value is compared.</summary>
    public static IReadOnlyList<int> Budgets { get; } = [50, 100, 200];
}
