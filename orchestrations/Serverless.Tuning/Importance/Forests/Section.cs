namespace Serverless.Tuning.Importance.Forests;

/// <summary>How the leaves of a tree lie along one column: the column is cut into parts within which no leaf begins or ends.</summary>
/// <param name="Sizes">The size of each part; together 1.</param>
/// <param name="Runs">For each leaf the runs of parts that it holds, as pairs of first and past the last; null: all of them.</param>
/// <param name="Shares">How much of the column each leaf holds.</param>
internal sealed record Section(double[] Sizes, int[]?[] Runs, double[] Shares)
{
    /// <summary>The section of a number.</summary>
    /// <param name="low">Where it begins.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="leaves">How many leaves there are.</param>
    /// <param name="narrowed">From where to where leaves reach; those that are not named reach over all of it.</param>
    public static Section OfNumber(double low, double high, int leaves, (int Leaf, double Low, double High)[] narrowed)
    {
        double[] cuts = [.. narrowed.SelectMany(leaf => new[] { leaf.Low, leaf.High }).Append(low).Append(high).Distinct().Order()];
        var (runs, shares) = Everywhere(leaves);
        foreach (var (leaf, from, to) in narrowed)
        {
            runs[leaf] = [Array.BinarySearch(cuts, from), Array.BinarySearch(cuts, to)];
            shares[leaf] = (to - from) / (high - low);
        }

        return new([.. cuts.Skip(1).Select((cut, i) => (cut - cuts[i]) / (high - low))], runs, shares);
    }

    /// <summary>The section of choices.</summary>
    /// <param name="counting">Which choices count.</param>
    /// <param name="leaves">How many leaves there are.</param>
    /// <param name="narrowed">Which of them leaves hold; those that are not named hold all.</param>
    public static Section OfChoices(bool[] counting, int leaves, (int Leaf, bool[] Choices)[] narrowed)
    {
        var part = new int[counting.Length];
        var parts = 0;
        for (var choice = 0; choice < counting.Length; choice++)
            part[choice] = counting[choice] ? parts++ : -1;
        var (runs, shares) = Everywhere(leaves);
        foreach (var (leaf, choices) in narrowed)
        {
            int[] held = [.. Enumerable.Range(0, choices.Length).Where(choice => choices[choice]).Select(choice => part[choice])];
            runs[leaf] = RunsOf(held);
            shares[leaf] = (double)held.Length / parts;
        }

        return new([.. Enumerable.Repeat(1.0 / parts, parts)], runs, shares);
    }

    private static (int[]?[] Runs, double[] Shares) Everywhere(int leaves) => (new int[]?[leaves], [.. Enumerable.Repeat(1.0, leaves)]);

    private static int[] RunsOf(int[] parts)
    {
        var runs = new List<int>();
        foreach (var part in parts)
        {
            if (runs.Count > 0 && runs[^1] == part)
                runs[^1]++;
            else
                runs.AddRange([part, part + 1]);
        }

        return [.. runs];
    }
}
