namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>Picks points of a curve so that its drawing keeps its peaks: the first and the last, and the least and the greatest of equal parts between them.</summary>
internal static class CurvePick
{
    /// <summary>The places of the points, rising; at most so many.</summary>
    /// <param name="values">The curve; where a part has nothing but NaN, its first stands for it.</param>
    /// <param name="most">The most points; at least 4.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<double> values, int most)
    {
        if (values.Count <= most)
            return [.. Enumerable.Range(0, values.Count)];
        var (parts, inner) = ((most - 2) / 2, values.Count - 2);
        var picked = new SortedSet<int> { 0, values.Count - 1 };
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = (1 + (int)((long)part * inner / parts), 1 + (int)((long)(part + 1) * inner / parts));
            var (least, greatest) = (from, from);
            for (var i = from; i < to; i++)
            {
                if (double.IsNaN(values[least]) || values[i] < values[least])
                    least = i;
                if (double.IsNaN(values[greatest]) || values[i] > values[greatest])
                    greatest = i;
            }

            picked.Add(least);
            picked.Add(greatest);
        }

        return [.. picked];
    }
}
