using Serverless.Tuning.Randomness;

namespace Serverless.Tuning.Importance.Forests;

/// <summary>Grows a tree on trials drawn with replacement until no leaf can be parted: what Optuna 4.9 asks of scikit-learn's forest.</summary>
internal sealed class TreeGrowth
{
    /// <summary>The most questions from the root to a leaf.</summary>
    private const int MaxDepth = 64;

    /// <summary>A gain that is not larger by more than rounding is the same.</summary>
    private const double Slack = 1 + 1e-12;

    private readonly TrainingTable table;
    private readonly int[] weights;
    private readonly RandomSource random;
    private readonly SplitSearch search;
    private readonly int[][] order;
    private readonly int[] aside;
    private readonly int[] turns;
    private readonly bool[] goesLeft;
    private readonly double[] gains;
    private readonly List<TreeNode> nodes = [];

    private TreeGrowth(TrainingTable table, int[] weights, RandomSource random)
    {
        (this.table, this.weights, this.random) = (table, weights, random);
        search = new SplitSearch(table, weights);
        order = [.. table.Order.Select(rows => rows.Where(row => weights[row] > 0).ToArray())];
        aside = new int[order[0].Length];
        turns = [.. Enumerable.Range(0, order.Length)];
        goesLeft = new bool[weights.Length];
        gains = new double[order.Length];
    }

    /// <summary>Grows one.</summary>
    /// <param name="table">The trials; at least one column.</param>
    /// <param name="weights">How often each was drawn.</param>
    /// <param name="random">Decides between splits that gain the same.</param>
    public static Tree Grow(TrainingTable table, int[] weights, RandomSource random)
    {
        var growth = new TreeGrowth(table, weights, random);
        growth.Grow(0, growth.aside.Length, 0);
        return new Tree(growth.nodes, growth.gains);
    }

    private int Grow(int from, int to, int depth)
    {
        var place = nodes.Count;
        var split = depth < MaxDepth ? Best(from, to) : Split.None;
        nodes.Add(new TreeNode(-1, 0, null, 0, 0, Mean(from, to)));
        if (split.Column < 0)
            return place;
        gains[split.Column] += Math.Max(0, split.Gain);
        var node = new TreeNode(split.Column, split.Threshold, split.LeftChoices, 0, 0, 0);
        var middle = Part(node, from, to);
        nodes[place] = node with { Left = Grow(from, middle, depth + 1), Right = Grow(middle, to, depth + 1) };
        return place;
    }

    private Split Best(int from, int to)
    {
        var best = Split.None;
        if (AreEqual(from, to))
            return best;

        // Where few trials are left many columns part them equally well: none is preferred for its place.
        random.Shuffle(turns.AsSpan());
        foreach (var column in turns)
        {
            var split = search.By(column, order[column].AsSpan(from, to - from));
            if (split.Column >= 0 && (best.Column < 0 || split.Gain > best.Gain * Slack))
                best = split;
        }

        return best;
    }

    private bool AreEqual(int from, int to)
    {
        var first = table.Targets[order[0][from]];
        foreach (var row in order[0].AsSpan(from, to - from))
        {
            if (table.Targets[row] != first)
                return false;
        }

        return true;
    }

    private double Mean(int from, int to)
    {
        var (weight, sum) = (0.0, 0.0);
        foreach (var row in order[0].AsSpan(from, to - from))
        {
            weight += weights[row];
            sum += weights[row] * table.Targets[row];
        }

        return sum / weight;
    }

    /// <summary>Parts every column's rows, keeping their order.</summary>
    /// <returns>Where the right side begins.</returns>
    private int Part(TreeNode node, int from, int to)
    {
        foreach (var row in order[node.Column].AsSpan(from, to - from))
            goesLeft[row] = node.GoesLeft(table.Columns[node.Column].Values[row]);
        var middle = from;
        foreach (var rows in order)
        {
            var kept = 0;
            middle = from;
            for (var i = from; i < to; i++)
            {
                if (goesLeft[rows[i]])
                    rows[middle++] = rows[i];
                else
                    aside[kept++] = rows[i];
            }

            aside.AsSpan(0, kept).CopyTo(rows.AsSpan(middle));
        }

        return middle;
    }
}
