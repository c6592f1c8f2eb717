using Serverless.Training.Embeddings;
using Serverless.Training.Forecasts;
using Serverless.Training.Scores;

namespace Serverless.TrainingContainer.Tests.Training;

/// <summary>Scores and rules of thumb against reference values: NumPy 1.24 and scikit-learn 1.2, or their formula written out.</summary>
public sealed class ScoreTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(10, 6)]
    [InlineData(100, 21)]
    [InlineData(1_000, 77)]
    [InlineData(1_000_000, 600)]
    public void EmbeddingSize_OfCategories_FollowsTheRule(int categories, int size) => Assert.Equal(size, EmbeddingSize.Of(categories));

    [Fact]
    public void EmbeddingSize_OfNoCategory_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => EmbeddingSize.Of(0));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.05, 1.15)]
    [InlineData(0.5, 3)]
    [InlineData(0.9, 6.8)]
    [InlineData(1, 8)]
    public void Quantile_BetweenSamples_IsInterpolated(double level, double expected) => Assert.Equal(expected, Quantiles.Of([1, 2, 4, 8], level), 12);

    [Theory]
    [InlineData(3, 0.8125)]
    [InlineData(10, 4.8125)]
    public void Crps_OfSamples_IsTheDefinitions(double truth, double expected) => Assert.Equal(expected, ForecastScores.Crps([1, 2, 4, 8], truth), 12);

    [Fact]
    public void Crps_OfOneSample_IsTheAbsoluteError() => Assert.Equal(2.5, ForecastScores.Crps([4.5], 7));

    [Theory]
    [InlineData(0.1, 0.5428571428571428)]
    [InlineData(0.5, 0.42857142857142855)]
    [InlineData(0.9, 0.31428571428571433)]
    public void WeightedQuantileLoss_WithAMissingTruth_CountsTheOthers(double level, double expected) =>
        Assert.Equal(expected, ForecastScores.WeightedQuantileLoss([2, -1, double.NaN, 4], [1, 0, 100, 5], level), 12);

    [Fact]
    public void Mase_BySeason_IsTheErrorInStepsOfTheSeason()
    {
        float[] history = [1, 3, 2, 5, 4, 6];
        Assert.Equal(2.0 / 3, ForecastScores.Mase([7, 5], [6, 6], history, 2), 12);
        Assert.Equal(double.NaN, ForecastScores.Mase([7, 5], [6, 6], [1, 1, 1], 1));
        Assert.Equal(double.NaN, ForecastScores.Mase([7, 5], [6, 6], history, 6));
    }

    [Fact]
    public void Coverage_BoundsIncluded_IsTheShareWithin() =>
        Assert.Equal(2.0 / 3, ForecastScores.Coverage([1, 2, double.NaN, 9], [1, 0, 0, 0], [1, 3, 0, 8]), 12);

    [Fact]
    public void Regression_OfPredictions_IsScikitLearns()
    {
        var scores = RegressionScores.Of([3, -0.5, 2, 7], [2.5, 0, 2, 8]);
        Assert.Equal(0.6123724356957945, scores.Rmse, 12);
        Assert.Equal(0.5, scores.Mae, 12);
        Assert.Equal(0.9486081370449679, scores.R2, 12);
        Assert.Equal(double.NaN, RegressionScores.Of([1, 1], [1, 2]).R2);
    }

    [Fact]
    public void AreaUnderRoc_WithTies_IsScikitLearns()
    {
        Assert.Equal(2.0 / 3, RankScores.AreaUnderRoc([false, false, true, true, true, false], [.1, .4, .35, .8, .4, .4]), 12);
        Assert.Equal(double.NaN, RankScores.AreaUnderRoc([true, true], [.1, .4]));
    }
}
