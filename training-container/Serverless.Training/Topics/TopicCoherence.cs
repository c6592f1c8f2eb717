namespace Serverless.Training.Topics;

/// <summary>Whether the words of a topic belong together, by how often they come together in documents (Röder, Both and Hinneburg, "Exploring the Space of Topic Coherence Measures", 2015).</summary>
internal static class TopicCoherence
{
    /// <summary>Words of a window for NPMI.</summary>
    public const int NpmiWindow = 10;

    /// <summary>Words of a window for C_v.</summary>
    public const int CvWindow = 110;

    private const double Epsilon = 1e-12;

    /// <summary>
    /// Normalized pointwise mutual information of two words: ln((P(a, b) + ε) / (P(a) P(b))) / −ln(P(a, b) + ε), from −1 (never together) over 0 (by chance) to 1 (always). 0 when a word is nowhere.
    /// </summary>
    public static double Npmi(WordWindows windows, int first, int second)
    {
        double together = (double)windows.With(first, second) / windows.Count, one = (double)windows.With(first) / windows.Count, two = (double)windows.With(second) / windows.Count;
        if (one == 0 || two == 0)
            return 0;
        var scale = -Math.Log(together + Epsilon);
        return scale <= 1e-9 ? 1 : Math.Log((together + Epsilon) / (one * two)) / scale; // together in every window
    }

    /// <summary>The mean NPMI over the pairs of a topic's words.</summary>
    public static double MeanNpmi(WordWindows windows, IReadOnlyList<int> words)
    {
        double sum = 0;
        for (var i = 1; i < words.Count; i++)
            for (var j = 0; j < i; j++)
                sum += Npmi(windows, words[i], words[j]);
        return words.Count < 2 ? double.NaN : sum / (words.Count * (words.Count - 1) / 2.0);
    }

    /// <summary>
    /// C_v: each word's vector of NPMIs with all the topic's words (itself too) is compared with the sum of the vectors by the cosine; the mean over the words. From 0 to 1 as a rule.
    /// </summary>
    public static double Cv(WordWindows windows, IReadOnlyList<int> words)
    {
        var vectors = words.Select(word => words.Select(other => Npmi(windows, word, other)).ToArray()).ToArray();
        var sum = words.Select((_, j) => vectors.Sum(vector => vector[j])).ToArray();
        return words.Count == 0 ? double.NaN : vectors.Average(vector => Cosine(vector, sum));
    }

    private static double Cosine(double[] first, double[] second)
    {
        var scale = Math.Sqrt(first.Sum(value => value * value) * second.Sum(value => value * value));
        return scale == 0 ? 0 : first.Zip(second, (a, b) => a * b).Sum() / scale;
    }
}
