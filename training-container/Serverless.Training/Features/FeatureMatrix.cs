namespace Serverless.Training.Features;

/// <summary>Rows of features with their classes.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="DenseCount">Numbers in each row.</param>
/// <param name="Dense">The numbers, row by row.</param>
/// <param name="CategoryCount">Categories in each row.</param>
/// <param name="SlotCount">The slots of all categories.</param>
/// <param name="Slots">The slot of each category, row by row; −1: none.</param>
/// <param name="Labels">The class of each row.</param>
internal sealed record FeatureMatrix(int Rows, int DenseCount, double[] Dense, int CategoryCount, int SlotCount, int[] Slots, int[] Labels)
{
    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<double> DenseOf(int row) => Dense.AsSpan(row * DenseCount, DenseCount);

    /// <summary>The slots of a row.</summary>
    public ReadOnlySpan<int> SlotsOf(int row) => Slots.AsSpan(row * CategoryCount, CategoryCount);
}
