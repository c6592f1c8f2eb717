namespace Serverless.Benchmarks.Tuning.Pruning;

/// <summary>One study with pruning.</summary>
/// <param name="Combination">Sampler and pruner.</param>
/// <param name="Workers">How many trials trained at once.</param>
/// <param name="Seed">From which seed.</param>
/// <param name="Best">For each budget the true error of the best configuration that was trained to its end; 1 when none was.</param>
/// <param name="Started">How many trials were begun in all.</param>
/// <param name="Whole">How many of them were trained to their end.</param>
internal sealed record PruningCourse(string Combination, int Workers, int Seed, double[] Best, int Started, int Whole)
{
    /// <summary>Epochs after which the best is compared: with many workers nothing is whole before.</summary>
    public static IReadOnlyList<int> Budgets(int workers) => workers switch
    {
        <= 1 => [810, 1_620, 4_050],
        <= 8 => [1_620, 4_050, 8_100],
        _ => [8_100, 16_200],
    };
}
