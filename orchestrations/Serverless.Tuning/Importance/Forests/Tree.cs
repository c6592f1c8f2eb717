namespace Serverless.Tuning.Importance.Forests;

/// <summary>A regression tree. It asks for a parameter only where all trials of the branch have it.</summary>
/// <param name="Nodes">The nodes; the first is the root.</param>
/// <param name="Gains">By how much each column lowers the sum of squares, all its questions together.</param>
internal sealed record Tree(IReadOnlyList<TreeNode> Nodes, double[] Gains)
{
    /// <summary>What the tree expects of a trial.</summary>
    public double Predict(TrainingTable table, int row)
    {
        var node = Nodes[0];
        while (node.Column >= 0)
        {
            var value = table.Columns[node.Column].Values[row];

            // A trial that was not drawn may lack what all that were drawn have in this branch.
            node = Nodes[double.IsNaN(value) || node.GoesLeft(value) ? node.Left : node.Right];
        }

        return node.Value;
    }
}
