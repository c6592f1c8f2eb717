namespace Serverless.Tuning.Importance.Forests;

/// <summary>A way to part the trials of a node.</summary>
/// <param name="Column">By which column.</param>
/// <param name="Threshold">Of a number: values up to it go left.</param>
/// <param name="LeftChoices">Of choices: which go left.</param>
/// <param name="Gain">By how much the sum of squares about the means falls.</param>
internal readonly record struct Split(int Column, double Threshold, bool[]? LeftChoices, double Gain)
{
    public static Split None { get; } = new(-1, 0, null, 0);
}
