using Serverless.Contracts.Studies;
using Serverless.Contracts.Values;
using Serverless.Orchestrations.Studies.Trials;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>How parameters become arguments.</summary>
public sealed class TrialArgumentsTests
{
    private static readonly SpaceSpec Space = new()
    {
        Parameters =
        [
            new() { Name = "lr", Type = ParameterType.Float, Low = 0, High = 1 },
            new() { Name = "momentum", Type = ParameterType.Float, Low = 0, High = 1 },
            new() { Name = "flag", Type = ParameterType.Categorical, Choices = [true, false] },
        ],
    };

    [Theory]
    [InlineData("", "--lr 0.5 --momentum 0.9 --flag true", true)]
    [InlineData("a b", "a b --lr 0.5 --momentum 0.9 --flag true", true)]
    [InlineData("--rate={lr}", "--rate=0.5 --momentum 0.9 --flag true", true)]
    [InlineData("--rate {lr} x", "--rate 0.5 x --momentum 0.9 --flag true", true)]
    [InlineData("{lr}:{momentum}", "0.5:0.9 --flag true", true)]
    [InlineData("{other} {}", "{other} {} --lr 0.5 --momentum 0.9 --flag true", true)]
    [InlineData("", "--lr 0.5 --flag true", false)]
    [InlineData("--m {momentum} x", "x --lr 0.5 --flag true", false)]
    [InlineData("--m={momentum} x", "x --lr 0.5 --flag true", false)]
    [InlineData("-k=1 {momentum}", "-k=1 --lr 0.5 --flag true", false)]
    [InlineData("word {momentum}", "word --lr 0.5 --flag true", false)]
    public void Arguments_ByTemplateOrByName(string own, string expected, bool withMomentum)
    {
        var values = new Dictionary<string, ScalarValue> { ["lr"] = 0.5, ["flag"] = true };
        if (withMomentum)
            values["momentum"] = 0.9;

        var arguments = TrialArguments.Of(own.Split(' ', StringSplitOptions.RemoveEmptyEntries), Space, values);

        Assert.Equal(expected, string.Join(' ', arguments));
    }
}
