using Serverless.Jobs.Arguments;
using Serverless.Training.Loops;
using Serverless.Training.Schedules;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class LoopOptionsTests
{
    private static readonly LoopDefaults Defaults = new(30, 64, 0.01);

    [Fact]
    public void Parse_OfNothing_TakesTheTrainersDefaults()
    {
        var given = JobArguments.Parse([]);
        var options = LoopOptions.Parse(given, Defaults);
        given.ThrowIfWrong();
        Assert.Equal((30, 64, 0.01, ScheduleKind.OneCycle, 0, 0.0), (options.Epochs, options.BatchSize, options.LearningRate, options.Schedule, options.Patience, options.Validation));
        Assert.Equal(DeviceWish.Auto, options.Device);
    }

    [Fact]
    public void Parse_OfSeveralErrors_NamesEach()
    {
        var given = JobArguments.Parse(["--epochs", "0", "--schedule", "linear", "--device", "tpu", "--precision", "int4", "--holdout", "1"]);
        LoopOptions.Parse(given, Defaults);
        var message = Assert.ThrowsAny<ArgumentException>(given.ThrowIfWrong).Message;
        Assert.All(["--epochs '0'", "--schedule 'linear'", "--device 'tpu'", "--precision 'int4'", "--holdout '1'"], error => Assert.Contains(error, message));
    }

    [Fact]
    public void Parse_WithPatience_PutsRowsAsideToValidateOn() =>
        Assert.Equal(0.1, LoopOptions.Parse(JobArguments.Parse(["--patience", "5"]), Defaults).Validation);

    [Theory]
    [InlineData("auto", 0, null)]
    [InlineData("auto", 2, 0)]
    [InlineData("cpu", 2, null)]
    [InlineData("cuda", 1, 0)]
    [InlineData("cuda:1", 2, 1)]
    public void Device_IsDecidedByWhatIsThere(string wish, int gpus, int? expected) =>
        Assert.Equal(expected, LoopOptions.Parse(JobArguments.Parse(["--device", wish]), Defaults).Device.Decide(gpus));

    [Fact]
    public void Device_ThatIsNotThere_IsAnErrorWithItsCure()
    {
        var wish = LoopOptions.Parse(JobArguments.Parse(["--device", "cuda:3"]), Defaults).Device;
        Assert.Contains("--device cpu", Assert.ThrowsAny<ArgumentException>(() => wish.Decide(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_OverARun_CountsStepsOfAccumulatedBatches()
    {
        var options = LoopOptions.Parse(JobArguments.Parse(["--epochs", "4", "--accumulate", "3", "--warmup", "0.25"]), Defaults);
        Assert.Equal(4, options.StepsOf(10));
        Assert.Equal((16L, 4L), (options.RateOver(10).Steps, options.RateOver(10).WarmupSteps));
    }
}
