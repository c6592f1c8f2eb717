using Serverless.Tuning.Randomness;

namespace Serverless.Tuning.Importance.Forests;

/// <summary>Trees on trials drawn with replacement (Breiman, Random Forests, 2001; every column may be asked at every node), and what they say of the space.</summary>
internal sealed class Forest
{
    private readonly TrainingTable table;
    private readonly List<Tree> trees = [];
    private readonly List<double[]> shares = [];

    private Forest(TrainingTable table, IReadOnlyList<Tree> grown, double? fit)
    {
        (this.table, Fit) = (table, fit);
        foreach (var tree in grown)
        {
            var leaves = new LeafBoxes(table, tree);
            if (leaves.Variance <= 0)
                continue; // it was grown on equal trials, and says nothing
            trees.Add(tree);
            shares.Add([.. table.Columns.Select((_, column) => Marginals.Variance(leaves, leaves.Along(column)) / leaves.Variance)]);
        }
    }

    /// <summary>Which part of the targets' variance the trees explain in trials that they were not grown on; null when each was drawn by every tree.</summary>
    public double? Fit { get; }

    /// <summary>Grows one.</summary>
    public static Forest Grow(TrainingTable table, int trees, long seed)
    {
        var (random, rows) = (new RandomSource(seed), table.Targets.Length);
        var grown = new List<Tree>();
        var (guess, guesses) = (new double[rows], new int[rows]);
        for (var i = 0; i < trees; i++)
        {
            var weights = new int[rows];
            for (var draw = 0; draw < rows; draw++)
                weights[random.NextBelow(rows)]++;
            var tree = TreeGrowth.Grow(table, weights, random);
            grown.Add(tree);
            for (var row = 0; row < rows; row++)
            {
                if (weights[row] > 0)
                    continue;
                guess[row] += tree.Predict(table, row);
                guesses[row]++;
            }
        }

        return new Forest(table, grown, FitOf(table.Targets, guess, guesses));
    }

    /// <summary>By how much a dimension's questions lower the sum of squares.</summary>
    public double GainOf(int dimension) => table.Find(dimension) is >= 0 and var column ? trees.Sum(tree => tree.Gains[column]) : 0;

    /// <summary>The part of the variance that a dimension explains by itself.</summary>
    public ForestShare ShareOf(int dimension) => table.Find(dimension) is >= 0 and var column ? ForestShare.Of([.. shares.Select(share => share[column])]) : default;

    /// <summary>For each pair of dimensions the part of the variance that the two explain together beyond what each does by itself.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="most">The most trees that are asked.</param>
    public IReadOnlyList<ForestShare> InteractionsOf(IReadOnlyList<(int First, int Second)> pairs, int most)
    {
        var (found, columns) = (pairs.Select(_ => new List<double>()).ToList(), pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().ToDictionary(dimension => dimension, table.Find));
        foreach (var (i, tree) in trees.Take(most).Index())
        {
            var leaves = new LeafBoxes(table, tree);
            var sections = columns.Where(pair => pair.Value >= 0).ToDictionary(pair => pair.Key, pair => leaves.Along(pair.Value));
            foreach (var (pair, (first, second)) in pairs.Index())
            {
                if (sections.TryGetValue(first, out var along) && sections.TryGetValue(second, out var across))
                    found[pair].Add(Math.Max(0, Marginals.Variance(leaves, along, across) / leaves.Variance - shares[i][columns[first]] - shares[i][columns[second]]));
            }
        }

        return [.. found.Select(ForestShare.Of)];
    }

    private static double? FitOf(double[] targets, double[] guess, int[] guesses)
    {
        int[] seen = [.. Enumerable.Range(0, targets.Length).Where(row => guesses[row] > 0)];
        if (seen.Length < 2)
            return null;
        var mean = seen.Average(row => targets[row]);
        var all = seen.Sum(row => (targets[row] - mean) * (targets[row] - mean));
        return all > 0 ? 1 - seen.Sum(row => Square(targets[row] - guess[row] / guesses[row])) / all : null;
    }

    private static double Square(double value) => value * value;
}
