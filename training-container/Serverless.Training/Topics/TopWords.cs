namespace Serverless.Training.Topics;

/// <summary>The words that make a topic.</summary>
internal static class TopWords
{
    /// <summary>The words of the greatest weights, of equal ones the first.</summary>
    /// <param name="weights">The weight of each word.</param>
    /// <param name="count">How many.</param>
    public static int[] Of(ReadOnlySpan<float> weights, int count)
    {
        var order = Enumerable.Range(0, weights.Length).ToArray();
        var copy = weights.ToArray();
        return [.. order.OrderByDescending(word => copy[word]).Take(count)];
    }

    /// <summary>How different topics are: the share of different words among the top words of all (Dieng, Ruiz and Blei, 2020). 1: no word in two topics.</summary>
    public static double Diversity(IReadOnlyList<int[]> topics)
    {
        var all = topics.SelectMany(words => words).ToList();
        return all.Count == 0 ? double.NaN : (double)all.Distinct().Count() / all.Count;
    }
}
