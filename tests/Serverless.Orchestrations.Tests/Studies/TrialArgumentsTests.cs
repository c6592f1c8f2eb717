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
    [InlineData("--epochs {turn*5} --round={turn}", "--epochs 15 --round=3")]
    [InlineData("{turn*0} {turn*2147483647}", "0 6442450941")]
    [InlineData("{turn*} {turn*-1} {turn*1.5} {turns}", "{turn*} {turn*-1} {turn*1.5} {turns}")]
    public void Arguments_OfATurn_AreItsNumberAndItsMultiples(string own, string expected) =>
        Assert.Equal(expected + " --lr 0.5", string.Join(' ', TrialArguments.Of(own.Split(' '), Space, new Dictionary<string, ScalarValue> { ["lr"] = 0.5 }, turn: 3)));

    [Fact]
    public void Arguments_WithAParameterCalledTurn_AreTheParameters() =>
        Assert.Equal(["0.5"], TrialArguments.Of(["{turn}"], new SpaceSpec { Parameters = [new() { Name = "turn", Type = ParameterType.Float, Low = 0, High = 1 }] }, new Dictionary<string, ScalarValue> { ["turn"] = 0.5 }, turn: 3));

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
