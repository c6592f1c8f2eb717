using Serverless.Training.Schedules;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Constant_AtEachStep_IsThePeak() =>
        Assert.All(Rates(new(ScheduleKind.Constant, 0.1, 5)), rate => Assert.Equal(0.1, rate, 15));

    [Fact]
    public void Cosine_FromFirstToLastStep_FallsFromThePeakToNothing()
    {
        var rates = Rates(new(ScheduleKind.Cosine, 0.1, 11));
        Assert.Equal(0.1, rates[0], 15);
        Assert.Equal(0.05, rates[5], 15);
        Assert.Equal(0, rates[10], 15);
        Assert.Equal(rates.OrderDescending(), rates);
    }

    /// <summary>The defaults of PyTorch's OneCycleLR: 1/25 of the peak, up for 30 %, down to 1/250,000.</summary>
    [Fact]
    public void OneCycle_RisesToThePeakAndFallsFarBelowItsBeginning()
    {
        var rates = Rates(new(ScheduleKind.OneCycle, 0.1, 101));
        Assert.Equal(0.004, rates[0], 12);
        Assert.Equal(0.1, rates[30], 12);
        Assert.Equal(0.1 / 250_000, rates[100], 12);
        Assert.Equal(rates[..31].Order(), rates[..31]);
        Assert.Equal(rates[30..].OrderDescending(), rates[30..]);
    }

    [Theory]
    [InlineData(nameof(ScheduleKind.Constant))]
    [InlineData(nameof(ScheduleKind.Cosine))]
    public void Warmup_RisesEvenlyToThePeak(string kind)
    {
        var rates = Rates(new(Enum.Parse<ScheduleKind>(kind), 1, 20, WarmupSteps: 4));
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1.0], rates[..5].Select(rate => Math.Round(rate, 12)));
    }

    [Theory]
    [InlineData(nameof(ScheduleKind.Constant), 0.1)]
    [InlineData(nameof(ScheduleKind.Cosine), 0)]
    public void Rate_AfterTheLastStep_StaysThatOfTheLast(string kind, double expected)
    {
        var schedule = new LearningRateSchedule(Enum.Parse<ScheduleKind>(kind), 0.1, 10);
        Assert.Equal(expected, schedule.RateAt(9), 15);
        Assert.Equal(expected, schedule.RateAt(1_000), 15);
    }

    [Fact]
    public void Rate_OfASingleStep_IsANumber() =>
        Assert.All(Enum.GetValues<ScheduleKind>(), kind => Assert.True(double.IsFinite(new LearningRateSchedule(kind, 1, 1).RateAt(0))));

    private static double[] Rates(LearningRateSchedule schedule) => [.. Enumerable.Range(0, (int)schedule.Steps).Select(step => schedule.RateAt(step))];
}
