using System.Globalization;
using System.Text;
using Serverless.Benchmarks.Tuning.Functions;
using Serverless.Benchmarks.Tuning.Statistics;

namespace Serverless.Benchmarks.Tuning;

/// <summary>Two sets of studies side by side.</summary>
internal static class Comparison
{
    private const double Level = 0.05;

    /// <summary>A table of one of our samplers beside the best of the peer's, or beside one of them: a row for each function and budget.</summary>
    /// <param name="ours">Our sampler's studies.</param>
    /// <param name="peers">The peer's studies.</param>
    /// <param name="peer">The peer's sampler; null: at each row the one with the best median.</param>
    public static string Table(IReadOnlyList<Course> ours, IReadOnlyList<Course> peers, string? peer)
    {
        var rows = (from function in ours.Select(course => course.Function).Distinct()
                    from budget in Course.Budgets
                    let mine = At(ours, function, budget)
                    let other = peers.Where(course => course.Function == function && (peer is null || course.Sampler == peer)).Select(course => course.Sampler).Distinct()
                        .Select(name => (Name: name, Values: At([.. peers.Where(course => course.Sampler == name)], function, budget)))
                        .OrderBy(candidate => Median(candidate.Values)).FirstOrDefault()
                    where other.Values is not null
                    select (function, budget, mine, other, Probability: RankTest.ProbabilityThatGreater(mine, other.Values))).ToList();
        var corrected = RankTest.Corrected([.. rows.Select(row => row.Probability)]);
        var text = new StringBuilder("| function | trials | ours, above the optimum | Optuna, above the optimum | its sampler | p that ours is worse | Holm | |\n| --- | ---: | ---: | ---: | --- | ---: | ---: | --- |\n");
        foreach (var (row, index) in rows.Select((row, index) => (row, index)))
        {
            var optimum = TestFunctions.All.Single(function => function.Name == row.function).Optimum;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {row.function} | {row.budget} | {Median(row.mine) - optimum:g3} | {Median(row.other.Values) - optimum:g3} | {row.other.Name} | {row.Probability:0.000} | {corrected[index]:0.000} | {(corrected[index] < Level ? "worse" : "")} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"\nWorse at the 5 % level: {corrected.Count(probability => probability < Level)} of {rows.Count}.");
        return text.ToString();
    }

    /// <summary>The middle value.</summary>
    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double[] At(IReadOnlyList<Course> courses, string function, int budget) => [.. courses.Where(course => course.Function == function).Select(course => course.Curve[budget - 1])];
}
