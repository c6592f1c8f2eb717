namespace Serverless.Tuning.Numerics;

/// <summary>Wilcoxon's signed-rank test.</summary>
internal static class SignedRank
{
    /// <summary>Up to so many differences the distribution is counted out, if all differ; beyond it is near enough to normal.</summary>
    private const int CountedOut = 50;

    /// <summary>
    /// How probable a sum of positive ranks as great as that of the differences is, if they were as likely positive as negative. Zeros count half
    /// to each side (Pratt's ranks split), ties get the mean of their ranks.
    /// </summary>
    public static double ProbabilityOfGreater(IReadOnlyList<double> differences)
    {
        var sizes = differences.Select(Math.Abs).Order().ToArray();
        var count = sizes.Length;
        double sum = 0, ties = 0;
        for (var from = 0; from < count;)
        {
            var to = from;
            while (to < count && sizes[to] == sizes[from])
                to++;
            var rank = (from + 1 + to) / 2.0;
            sum += sizes[from] == 0 ? rank * (to - from) / 2 : rank * differences.Count(difference => difference == sizes[from]);
            ties += Math.Pow(to - from, 3) - (to - from);
            from = to;
        }

        if (ties == 0 && sizes[0] > 0 && count <= CountedOut)
            return Exact(count, (int)sum);
        var mean = count * (count + 1.0) / 4;
        var deviation = Math.Sqrt((count * (count + 1.0) * (2 * count + 1.0) - ties / 2) / 24);
        return 1 - NormalDistribution.Cumulative((sum - mean) / deviation);
    }

    private static double Exact(int count, int sum)
    {
        var ways = new double[count * (count + 1) / 2 + 1];
        ways[0] = 1;
        for (var rank = 1; rank <= count; rank++)
        {
            for (var total = ways.Length - 1; total >= rank; total--)
                ways[total] += ways[total - rank];
        }

        return ways.Skip(sum).Sum() / Math.Pow(2, count);
    }
}
