namespace Serverless.Tuning.Pareto;

/// <summary>How much room a point has on its front.</summary>
internal static class Crowding
{
    /// <summary>For each point the sum over losses of the distance of its two neighbours against the whole width; infinite at the ends (Deb et al. 2002, section III-B).</summary>
    public static double[] Distances(IReadOnlyList<double[]> points)
    {
        var distances = new double[points.Count];
        for (var loss = 0; points.Count > 0 && loss < points[0].Length; loss++)
        {
            var order = Enumerable.Range(0, points.Count).OrderBy(index => points[index][loss]).ThenBy(index => index).ToArray();
            var width = points[order[^1]][loss] - points[order[0]][loss];
            if (width == 0)
                continue;
            distances[order[0]] = distances[order[^1]] = double.PositiveInfinity;
            for (var place = 1; place < order.Length - 1; place++)
                distances[order[place]] += (points[order[place + 1]][loss] - points[order[place - 1]][loss]) / width;
        }

        return distances;
    }
}
