using Serverless.Training.Stopping;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class EarlyStoppingTests
{
    [Theory]
    [InlineData(false, new[] { 3.0, 2, 2.5, 1, 1, 1 }, 3, 2)]
    [InlineData(true, new[] { 0.5, 0.9, 0.7, 0.9 }, 1, 2)]
    [InlineData(false, new[] { double.NaN, 2, double.NaN }, 1, 1)]
    public void Observe_RemembersTheFirstBest(bool higher, double[] values, int best, int since)
    {
        var rule = new EarlyStopping(2, higher);
        var state = StoppingState.Start;
        for (var epoch = 0; epoch < values.Length; epoch++)
            state = rule.Observe(state, epoch, values[epoch]);
        Assert.Equal((values[best], best, since), (state.Best!.Value, state.BestEpoch, state.Since));
    }

    [Fact]
    public void IsDone_OnlyWhenPatienceIsUsedUp()
    {
        var rule = new EarlyStopping(2, Higher: false);
        Assert.False(rule.IsDone(new(1, 0, 1)));
        Assert.True(rule.IsDone(new(1, 0, 2)));
        Assert.False(new EarlyStopping(0, Higher: false).IsDone(new(1, 0, 1_000)));
    }

    [Fact]
    public void Observe_WithinTheMargin_IsNotBetter()
    {
        var state = new EarlyStopping(5, Higher: false, Margin: 0.1).Observe(new(1, 0, 0), 1, 0.95);
        Assert.Equal(new(1, 0, 1), state);
    }
}
