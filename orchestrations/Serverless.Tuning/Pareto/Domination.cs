namespace Serverless.Tuning.Pareto;

/// <summary>Which points are better than which in every respect. Points are losses: less is better.</summary>
internal static class Domination
{
    /// <summary>A point is no worse than another in any loss, and better in one.</summary>
    public static bool Dominates(ReadOnlySpan<double> point, ReadOnlySpan<double> other)
    {
        var better = false;
        for (var index = 0; index < point.Length; index++)
        {
            if (point[index] > other[index])
                return false;
            better |= point[index] < other[index];
        }

        return better;
    }

    /// <summary>
    /// The front that each point belongs to: 0 for those that nothing dominates, 1 for those that nothing does once these are gone, and so on
    /// (Deb et al. 2002; found by the efficient sort of Zhang, Tian, Cheng, Jin, IEEE Trans. Evol. Comp. 19, 2015).
    /// </summary>
    public static int[] Ranks(IReadOnlyList<double[]> points)
    {
        var ranks = new int[points.Count];
        var fronts = new List<List<int>>();
        foreach (var index in Enumerable.Range(0, points.Count).Order(Comparer<int>.Create((a, b) => Compare(points, a, b))))
        {
            var front = 0;
            while (front < fronts.Count && fronts[front].Exists(member => Dominates(points[member], points[index])))
                front++;
            if (front == fronts.Count)
                fronts.Add([]);
            fronts[front].Add(index);
            ranks[index] = front;
        }

        return ranks;
    }

    private static int Compare(IReadOnlyList<double[]> points, int a, int b)
    {
        for (var index = 0; index < points[a].Length; index++)
        {
            var order = points[a][index].CompareTo(points[b][index]);
            if (order != 0)
                return order;
        }

        return a.CompareTo(b);
    }
}
