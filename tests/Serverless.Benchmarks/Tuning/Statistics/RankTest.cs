namespace Serverless.Benchmarks.Tuning.Statistics;

/// <summary>Whether one sample tends to be greater than another: Mann and Whitney's test of 1947, one-sided, by the normal approximation with ties and continuity corrected.</summary>
internal static class RankTest
{
    /// <summary>How probable ranks like these are if <paramref name="left"/> is not greater.</summary>
    public static double ProbabilityThatGreater(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        (double Value, bool IsLeft)[] all = [.. left.Select(value => (value, true)), .. right.Select(value => (value, false))];
        Array.Sort(all, (a, b) => a.Value.CompareTo(b.Value));
        double n = all.Length, ranks = 0, ties = 0;
        for (var begin = 0; begin < all.Length;)
        {
            var end = begin;
            while (end < all.Length && all[end].Value == all[begin].Value)
                end++;
            double count = end - begin;
            ranks += all[begin..end].Count(item => item.IsLeft) * (begin + end + 1) / 2.0;
            ties += count * count * count - count;
            begin = end;
        }

        double m = left.Count, k = right.Count;
        var deviation = Math.Sqrt(m * k / 12 * (n + 1 - ties / (n * (n - 1))));
        var excess = ranks - m * (m + 1) / 2 - m * k / 2 - 0.5;
        return deviation == 0 ? 1 : Tail(excess / deviation);
    }

    /// <summary>Holm's correction of 1979: the chance of any false alarm among all tests stays below the level.</summary>
    public static IReadOnlyList<double> Corrected(IReadOnlyList<double> probabilities)
    {
        var corrected = new double[probabilities.Count];
        var most = 0.0;
        foreach (var (index, rank) in Enumerable.Range(0, probabilities.Count).OrderBy(index => probabilities[index]).Select((index, rank) => (index, rank)))
            corrected[index] = most = Math.Max(most, Math.Min(1, probabilities[index] * (probabilities.Count - rank)));
        return corrected;
    }

    /// <summary>The chance that a standard normal variable is above z: Simpson's rule over its density.</summary>
    private static double Tail(double z)
    {
        if (z < 0)
            return 1 - Tail(-z);
        const int Parts = 4000;
        const double Far = 12;
        double step = (Far - Math.Min(z, Far)) / Parts, sum = 0;
        for (var i = 0; i <= Parts; i++)
            sum += (i is 0 or Parts ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * (z + i * step) * (z + i * step));
        return sum * step / 3 / Math.Sqrt(2 * Math.PI);
    }
}
