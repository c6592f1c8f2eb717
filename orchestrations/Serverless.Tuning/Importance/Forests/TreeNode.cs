namespace Serverless.Tuning.Importance.Forests;

/// <summary>A question of a tree, or a leaf.</summary>
/// <param name="Column">The column that it asks; −1: it is a leaf.</param>
/// <param name="Threshold">Of a number: values up to it go left.</param>
/// <param name="LeftChoices">Of choices: which go left.</param>
/// <param name="Left">The node on the left.</param>
/// <param name="Right">The node on the right.</param>
/// <param name="Value">Of a leaf: the mean of its trials' targets.</param>
internal readonly record struct TreeNode(int Column, double Threshold, bool[]? LeftChoices, int Left, int Right, double Value)
{
    public bool GoesLeft(double value) => LeftChoices is { } choices ? choices[(int)value] : value <= Threshold;
}
