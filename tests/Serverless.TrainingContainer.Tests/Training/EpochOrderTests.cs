using Serverless.Training.Epochs;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class EpochOrderTests
{
    [Fact]
    public void Shuffled_HasEachRowOnce() => Assert.Equal(Enumerable.Range(0, 1000), EpochOrder.Shuffled(1000, 7, 3).Order());

    [Fact]
    public void Shuffled_WithSeedAndEpochAgain_IsTheSame_AndElseAnother()
    {
        Assert.Equal(EpochOrder.Shuffled(100, 7, 3), EpochOrder.Shuffled(100, 7, 3));
        Assert.NotEqual(EpochOrder.Shuffled(100, 7, 3), EpochOrder.Shuffled(100, 7, 4));
        Assert.NotEqual(EpochOrder.Shuffled(100, 7, 3), EpochOrder.Shuffled(100, 8, 3));
        Assert.NotEqual(EpochOrder.Shuffled(100, 7, 3), EpochOrder.Shuffled(100, 3, 7));
    }

    [Theory]
    [InlineData(10, 5, new[] { 5, 5 })]
    [InlineData(11, 5, new[] { 5, 6 })]
    [InlineData(12, 5, new[] { 5, 5, 2 })]
    [InlineData(1, 5, new[] { 1 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    [InlineData(4, 9, new[] { 4 })]
    public void Batches_TakeEveryRowOnce_AndNoneIsASingleRowButWhenAllAre(int rows, int batchSize, int[] sizes)
    {
        var order = EpochOrder.Shuffled(rows, 1, 0);
        var batches = Enumerable.Range(0, EpochOrder.Batches(rows, batchSize)).Select(batch => EpochOrder.Batch(order, batchSize, batch).ToArray()).ToList();
        Assert.Equal(sizes, batches.Select(batch => batch.Length));
        Assert.Equal(order, batches.SelectMany(batch => batch));
    }
}
