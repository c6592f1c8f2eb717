using Serverless.Training.Images;
using Serverless.Training.Tables;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class ImageTests
{
    [Theory]
    [InlineData(1, 0, 0, 64, 8, 8)]
    [InlineData(3, 0, 0, 3072, 32, 32)]
    [InlineData(1, 4, 0, 24, 4, 6)]
    [InlineData(1, 0, 4, 24, 6, 4)]
    [InlineData(2, 3, 5, 30, 3, 5)]
    public void Shape_FindsTheSidesThatAreNotGiven(int channels, int height, int width, int columns, int rows, int across) =>
        Assert.Equal(new(channels, rows, across), new ImageShape(channels, height, width).Fit(columns));

    [Theory]
    [InlineData(1, 0, 0, 65)]
    [InlineData(3, 0, 0, 64)]
    [InlineData(1, 8, 0, 65)]
    [InlineData(1, 8, 9, 64)]
    public void Shape_ThatTheColumnsDoNotMake_IsRefusedWithTheirNumber(int channels, int height, int width, int columns) =>
        Assert.Contains($"product is {columns}", Assert.Throws<DataException>(() => new ImageShape(channels, height, width).Fit(columns)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(8, 8, new[] { 32, 64 }, 2, true)]
    [InlineData(32, 32, new[] { 32, 64, 128, 256 }, 2, true)]
    [InlineData(224, 224, new[] { 32, 64, 128, 256 }, 14, false)]
    [InlineData(3, 50, new[] { 32 }, 1, false)]
    [InlineData(1, 1, new[] { 32 }, 1, true)]
    public void Plan_HalvesTheSidesWhileThereAreFourPixels(int height, int width, int[] channels, int rows, bool keeps)
    {
        var plan = ConvolutionPlan.Of(new(1, height, width), 32);
        Assert.Equal(channels, plan.Channels);
        Assert.Equal(rows, plan.Height);
        Assert.Equal(keeps, plan.KeepsPlaces);
    }
}
