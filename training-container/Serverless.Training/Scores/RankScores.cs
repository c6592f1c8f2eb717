namespace Serverless.Training.Scores;

/// <summary>How well two classes are ranked.</summary>
internal static class RankScores
{
    /// <summary>
    /// The area under the ROC curve: how often a row of the second class has the greater score than one of the first, ties by half (Mann and Whitney's statistic over the number of pairs).
    /// NaN when a class is not there.
    /// </summary>
    /// <param name="isSecond">Whether each row is of the second class.</param>
    /// <param name="scores">Each row's score.</param>
    public static double AreaUnderRoc(IReadOnlyList<bool> isSecond, ReadOnlySpan<double> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, isSecond.Count);
        var sorted = scores.ToArray();
        var rows = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, rows);
        double ranks = 0;
        long second = 0;
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            for (end = first + 1; end < sorted.Length && sorted[end] == sorted[first];)
                end++;
            for (var i = first; i < end; i++)
                if (isSecond[rows[i]])
                    (ranks, second) = (ranks + (first + 1 + end) / 2.0, second + 1);
        }

        var one = sorted.Length - second;
        return second == 0 || one == 0 ? double.NaN : (ranks - second * (second + 1) / 2.0) / ((double)second * one);
    }
}
