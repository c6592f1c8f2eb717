namespace Serverless.Tuning.Pareto;

/// <summary>How much of the space before a reference point is dominated.</summary>
internal static class Hypervolume
{
    /// <summary>
    /// The volume between points and a reference point; points that are not before it add nothing. With two losses by a sweep, with more by
    /// the exclusive volumes of While, Bradstreet and Barone (WFG, IEEE Trans. Evol. Comp. 16, 2012).
    /// </summary>
    public static double Of(IReadOnlyList<double[]> points, double[] reference)
    {
        var front = Front(points.Where(point => point.Zip(reference).All(pair => pair.First < pair.Second)));
        return reference.Length switch
        {
            1 => front.Count == 0 ? 0 : reference[0] - front[0][0],
            2 => Sweep(front, reference),
            _ => Exclusive(front, reference),
        };
    }

    /// <summary>How much each point of the first front adds to the volume of the others of it; dominated points add nothing.</summary>
    public static double[] Contributions(IReadOnlyList<double[]> points, double[] reference)
    {
        var ranks = Domination.Ranks(points);
        var front = Enumerable.Range(0, points.Count).Where(index => ranks[index] == 0).ToArray();
        var whole = Of(points, reference);
        var gains = new double[points.Count];
        foreach (var index in front)
            gains[index] = whole - Of([.. front.Where(other => other != index).Select(other => points[other])], reference);
        return gains;
    }

    /// <summary>A reference point a little beyond the worst losses.</summary>
    public static double[] ReferenceFor(IReadOnlyList<double[]> points)
    {
        const double Beyond = 0.1;
        const double Least = 1e-12;
        return [.. Enumerable.Range(0, points[0].Length).Select(index =>
        {
            var worst = points.Max(point => point[index]);
            return worst == 0 ? Least : worst + Beyond * Math.Abs(worst);
        })];
    }

    /// <summary>
    /// Chooses points that together have much volume, one after the other; at least 1 - 1/e of the most that is possible
    /// (Guerreiro, Fonseca, Paquete, Greedy Hypervolume Subset Selection in Low Dimensions, Evol. Comp. 24, 2016). What a point adds never grows, so it is
    /// calculated again only for points that could still be the next (Minoux 1978).
    /// </summary>
    public static IReadOnlyList<int> Choose(IReadOnlyList<double[]> points, int count, double[] reference)
    {
        var chosen = new List<double[]>();
        var order = new List<int>();
        var (gains, known, volume) = (Enumerable.Repeat(double.PositiveInfinity, points.Count).ToArray(), new int[points.Count], 0.0);
        Array.Fill(known, -1);
        while (order.Count < Math.Min(count, points.Count))
        {
            var next = Enumerable.Range(0, points.Count).MaxBy(index => (gains[index], -index));
            if (known[next] < order.Count)
            {
                var gain = Of([.. chosen, points[next]], reference) - volume;
                (gains[next], known[next]) = (double.IsFinite(gain) ? gain : 0, order.Count);
                continue;
            }

            volume += gains[next];
            gains[next] = double.NegativeInfinity;
            chosen.Add(points[next]);
            order.Add(next);
        }

        return order;
    }

    private static double Sweep(List<double[]> front, double[] reference)
    {
        var (volume, height) = (0.0, reference[1]);
        foreach (var point in front)
        {
            volume += (reference[0] - point[0]) * (height - point[1]);
            height = point[1];
        }

        return volume;
    }

    private static double Exclusive(List<double[]> front, double[] reference)
    {
        var volume = 0.0;
        for (var index = 0; index < front.Count; index++)
        {
            var own = 1.0;
            for (var loss = 0; loss < reference.Length; loss++)
                own *= reference[loss] - front[index][loss];
            var limited = front.Skip(index + 1).Select(other => other.Zip(front[index], Math.Max).ToArray()).ToArray();
            volume += limited.Length == 0 ? own : own - Of(limited, reference);
        }

        return volume;
    }

    /// <summary>The points that no other dominates, each once, by the first loss.</summary>
    private static List<double[]> Front(IEnumerable<double[]> points)
    {
        var front = new List<double[]>();
        foreach (var point in points.OrderBy(point => point[0]).ThenBy(point => point.Length > 1 ? point[1] : 0))
        {
            if (!front.Exists(other => Domination.Dominates(other, point) || other.AsSpan().SequenceEqual(point)))
                front.Add(point);
        }

        front.RemoveAll(point => front.Exists(other => Domination.Dominates(other, point)));
        return front;
    }
}
