namespace Serverless.Tuning.Importance.Forests;

/// <summary>
/// What a tree expects over some columns when the others are drawn evenly: exact, from the leaves (Hutter, Hoos, Leyton-Brown 2014, algorithm 2).
/// A leaf adds its value times the part of the others' space that it holds to all parts of the columns that it reaches over, so one pass over the leaves and one over the parts is all.
/// </summary>
internal static class Marginals
{
    /// <summary>The variance of the marginal over one column.</summary>
    public static double Variance(LeafBoxes leaves, Section along)
    {
        var steps = new double[along.Sizes.Length + 1];
        for (var leaf = 0; leaf < leaves.Values.Length; leaf++)
        {
            if (along.Shares[leaf] <= 0)
                continue;
            var part = leaves.Values[leaf] * leaves.Weights[leaf] / along.Shares[leaf];
            var runs = along.Runs[leaf] ?? [0, along.Sizes.Length];
            for (var run = 0; run < runs.Length; run += 2)
            {
                steps[runs[run]] += part;
                steps[runs[run + 1]] -= part;
            }
        }

        var (height, variance) = (0.0, 0.0);
        for (var part = 0; part < along.Sizes.Length; part++)
        {
            height += steps[part];
            variance += along.Sizes[part] * height * height;
        }

        return variance;
    }

    /// <summary>The variance of the marginal over two columns.</summary>
    public static double Variance(LeafBoxes leaves, Section along, Section across)
    {
        var (rows, columns) = (along.Sizes.Length, across.Sizes.Length);
        var steps = new double[rows + 1, columns + 1];
        for (var leaf = 0; leaf < leaves.Values.Length; leaf++)
        {
            if (along.Shares[leaf] <= 0 || across.Shares[leaf] <= 0)
                continue;
            var part = leaves.Values[leaf] * leaves.Weights[leaf] / along.Shares[leaf] / across.Shares[leaf];
            var (down, over) = (along.Runs[leaf] ?? [0, rows], across.Runs[leaf] ?? [0, columns]);
            for (var i = 0; i < down.Length; i++)
            {
                for (var j = 0; j < over.Length; j++)
                    steps[down[i], over[j]] += (i + j) % 2 == 0 ? part : -part;
            }
        }

        var variance = 0.0;
        var heights = new double[columns];
        for (var row = 0; row < rows; row++)
        {
            var height = 0.0;
            for (var column = 0; column < columns; column++)
            {
                height += steps[row, column];
                heights[column] += height;
                variance += along.Sizes[row] * across.Sizes[column] * heights[column] * heights[column];
            }
        }

        return variance;
    }
}
