namespace Serverless.Tuning.Importance.Forests;

/// <summary>The leaves of a tree as boxes: what each expects, and how much of the space it holds.</summary>
internal sealed class LeafBoxes
{
    private readonly TrainingTable table;
    private readonly List<double> weights = [];
    private readonly List<double> values = [];
    private readonly List<(int Leaf, Side Side)>[] asked;

    public LeafBoxes(TrainingTable table, Tree tree)
    {
        this.table = table;
        asked = [.. table.Columns.Select(_ => new List<(int Leaf, Side Side)>())];
        Collect(tree, 0, new Side?[table.Columns.Length], 1);
        var mean = values.Select((value, leaf) => value * weights[leaf]).Sum();
        Values = [.. values.Select(value => value - mean)];
        Variance = Values.Select((value, leaf) => value * value * weights[leaf]).Sum();
    }

    /// <summary>How much of the space each leaf holds; together 1.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>What each expects, less the mean over the space.</summary>
    public double[] Values { get; }

    /// <summary>The variance of what the tree expects, over the space.</summary>
    public double Variance { get; }

    /// <summary>How the leaves lie along a column.</summary>
    public Section Along(int column)
    {
        var whole = table.Columns[column];
        return whole.Choices is { } choices
            ? Section.OfChoices(choices, values.Count, [.. asked[column].Select(each => (each.Leaf, each.Side.Choices!))])
            : Section.OfNumber(whole.Low, whole.High, values.Count, [.. asked[column].Select(each => (each.Leaf, each.Side.Low, each.Side.High))]);
    }

    /// <summary>Goes down with what each column was narrowed to on the way, which is put back on the way up.</summary>
    private void Collect(Tree tree, int place, Side?[] sides, double weight)
    {
        var node = tree.Nodes[place];
        if (node.Column < 0)
        {
            for (var column = 0; column < sides.Length; column++)
            {
                if (sides[column] is { } narrowed)
                    asked[column].Add((values.Count, narrowed));
            }

            values.Add(node.Value);
            weights.Add(weight);
            return;
        }

        var (before, whole) = (sides[node.Column], table.Columns[node.Column]);
        var side = before ?? new Side(whole.Low, whole.High, whole.Choices);
        var (left, right) = node.LeftChoices is { } choices ? (side.Only(choices, among: true), side.Only(choices, among: false)) : (side with { High = node.Threshold }, side with { Low = node.Threshold });
        Down(node.Left, left);
        Down(node.Right, right);
        sides[node.Column] = before;

        void Down(int child, Side narrowed)
        {
            sides[node.Column] = narrowed;
            Collect(tree, child, sides, weight * narrowed.Size / side.Size);
        }
    }

    private sealed record Side(double Low, double High, bool[]? Choices)
    {
        public double Size => Choices is { } choices ? choices.Count(counts => counts) : High - Low;

        public Side Only(bool[] chosen, bool among) => this with { Choices = [.. Choices!.Select((counts, i) => counts && chosen[i] == among)] };
    }
}
