namespace Serverless.Tuning.Pareto;

/// <summary>
/// What no point of a front dominates, up to a reference point, in boxes that do not overlap: slabs between the points' last losses, each parted in the same way by the other losses.
/// With it an expected volume is a sum of products (Yang, Emmerich, Deutz, Bäck, Multi-Objective Bayesian Global Optimization using expected hypervolume improvement gradient, 2019).
/// </summary>
internal sealed class FrontCells
{
    private readonly List<int[]> cells = [];
    private readonly int losses;

    /// <summary>Parts the space.</summary>
    /// <param name="points">Losses; those that are dominated, or not before the reference point, change nothing.</param>
    /// <param name="reference">Where the space ends.</param>
    public FrontCells(IReadOnlyList<double[]> points, double[] reference)
    {
        losses = reference.Length;
        double[][] before = [.. points.Where(point => point.Zip(reference).All(pair => pair.First < pair.Second))];
        Bounds = [.. Enumerable.Range(0, losses).Select(loss => before.Select(point => point[loss]).Distinct().Order().Prepend(double.NegativeInfinity).Append(reference[loss]).ToArray())];
        Part([.. before], losses - 1, new int[2 * losses]);
    }

    /// <summary>Where boxes begin and end, for each loss, from the least: first minus infinity, last the reference point's.</summary>
    public IReadOnlyList<double[]> Bounds { get; }

    /// <summary>The boxes: of each loss the index of the lower bound and that of the upper one.</summary>
    public IReadOnlyList<int[]> Cells => cells;

    private void Part(double[][] points, int loss, int[] cell)
    {
        double[] bounds = Bounds[loss], own = [.. points.Select(point => point[loss]).Distinct().Order()];
        if (loss == 0)
        {
            Add(cell, 0, 0, own.Length == 0 ? bounds.Length - 1 : Array.IndexOf(bounds, own[0]));
            return;
        }

        for (var slab = 0; slab <= own.Length; slab++)
        {
            var lower = slab == 0 ? double.NegativeInfinity : own[slab - 1];
            cell[2 * loss] = slab == 0 ? 0 : Array.IndexOf(bounds, lower);
            cell[2 * loss + 1] = slab == own.Length ? bounds.Length - 1 : Array.IndexOf(bounds, own[slab]);
            Part([.. points.Where(point => point[loss] <= lower)], loss - 1, cell);
        }
    }

    private void Add(int[] cell, int loss, int lower, int upper)
    {
        (cell[2 * loss], cell[2 * loss + 1]) = (lower, upper);
        cells.Add([.. cell]);
    }
}
