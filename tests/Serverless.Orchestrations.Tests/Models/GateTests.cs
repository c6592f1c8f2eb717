using Serverless.Contracts.Jobs;
using Serverless.Core.Models;

namespace Serverless.Orchestrations.Tests.Models;

public sealed class GateTests
{
    [Theory]
    [InlineData(GateOperator.AtLeast, 0.93, 0.93, true)]
    [InlineData(GateOperator.AtLeast, 0.93, 0.9299, false)]
    [InlineData(GateOperator.Above, 0.93, 0.93, false)]
    [InlineData(GateOperator.AtMost, 0.1, 0.1, true)]
    [InlineData(GateOperator.AtMost, 0.1, 0.11, false)]
    [InlineData(GateOperator.Below, 0.1, 0.1, false)]
    [InlineData(GateOperator.Below, 0.1, -5, true)]
    [InlineData(GateOperator.AtLeast, 0.93, double.NaN, false)]
    [InlineData(GateOperator.AtLeast, 0.93, double.PositiveInfinity, false)]
    [InlineData(GateOperator.Below, 0.1, double.NegativeInfinity, false)]
    public void Evaluate_OneCondition_HoldsOrNot(GateOperator gate, double threshold, double value, bool passed)
    {
        var verdict = Gate.Evaluate([new GateSpec("m", gate, threshold)], new Dictionary<string, double> { ["m"] = value });

        Assert.Equal(passed, verdict.Passed);
        Assert.Equal(passed, verdict.Message is null);
        Assert.Equal(value, verdict.Results[0].Value);
    }

    [Fact]
    public void Evaluate_SomeFail_NamesMetricValueAndThreshold()
    {
        GateSpec[] gates = [new("accuracy", GateOperator.AtLeast, 0.93), new("loss", GateOperator.Below, 0.5), new("auc", GateOperator.Above, 0.9)];

        var verdict = Gate.Evaluate(gates, new Dictionary<string, double> { ["accuracy"] = 0.91, ["loss"] = 0.2 });

        Assert.False(verdict.Passed);
        Assert.Equal([false, true, false], verdict.Results.Select(result => result.Passed));
        Assert.Equal(
            "The model does not pass the gate: 'accuracy' is 0.91; at least 0.93 is asked for. the metric 'auc' was never reported (above 0.9 is asked for).",
            verdict.Message);
    }

    [Fact]
    public void Evaluate_NoConditions_Passes() => Assert.True(Gate.Evaluate([], new Dictionary<string, double>()).Passed);

    [Fact]
    public void Numbers_AskedAgain_AreTheSameAndNeverGivenTwice()
    {
        var numbers = new ModelNumbers("m", 0, []);
        for (var i = 1; i <= ModelNumbers.Remembered + 5; i++)
        {
            numbers = numbers.Give($"job-{i}");
            Assert.Equal(i, numbers.Of($"job-{i}"));
            Assert.Same(numbers, numbers.Give($"job-{i}"));
        }

        Assert.Equal(ModelNumbers.Remembered, numbers.Given.Count);
        Assert.Equal(ModelNumbers.Remembered + 6, numbers.Give("job-new").Last);
    }
}
