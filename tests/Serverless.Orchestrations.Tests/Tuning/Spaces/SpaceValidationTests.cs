using Serverless.Tuning.Spaces;

namespace Serverless.Orchestrations.Tests.Tuning.Spaces;

public sealed class SpaceValidationTests
{
    [Fact]
    public void Check_SoundSpace_FindsNothing() => Assert.Empty(SpaceValidation.Check(SampleSpaces.Everything));

    [Fact]
    public void Check_ManyErrors_ReportsEachWithItsPath()
    {
        var errors = SpaceValidation.Check(new SpaceDescription(
        [
            new FloatParameter("a", 2, 1),
            new FloatParameter("a", 0, 1, Log: true),
            new FloatParameter("", double.NaN, 1),
            new IntParameter("b", 1, 8, Log: true, Step: 2),
            new CategoricalParameter("c", []),
            new OrdinalParameter("d", ["x", "x"]),
            new FloatParameter("e", 0, 1, Step: -1) { When = new EqualsCondition("nobody", 1) },
        ])
        {
            Forbidden = [new AllCondition([])],
        });

        Assert.Equal(
            ["parameters[0].low", "parameters[1].name", "parameters[1].low", "parameters[2].name", "parameters[2]", "parameters[3].step", "parameters[4].choices", "parameters[5].levels", "parameters[6].step", "parameters[6].when.parameter", "forbidden[0]"],
            errors.Select(error => error.Path));
        Assert.All(errors, error => Assert.NotEmpty(error.Cure));
    }

    [Fact]
    public void Check_ConditionOnValuesThatNeverAre_NamesThem()
    {
        var errors = SpaceValidation.Check(new SpaceDescription(
        [
            new CategoricalParameter("algo", ["sgd", "adam"]),
            new FloatParameter("x", 0, 1) { When = new AnyCondition([new OneOfCondition("algo", ["sgd", "tree"]), new NotCondition(new BetweenCondition("algo", 1, 2))]) },
            new FloatParameter("y", 0, 1) { When = new BetweenCondition("x", "low") },
        ]));

        Assert.Equal(
            ["parameters[1].when.conditions[0].values[1]", "parameters[1].when.conditions[1].negated", "parameters[2].when.min"],
            errors.Select(error => error.Path));
    }

    [Fact]
    public void Check_ConditionsInACircle_IsAnError()
    {
        var errors = SpaceValidation.Check(new SpaceDescription(
        [
            new IntParameter("a", 0, 3) { When = new EqualsCondition("b", 1) },
            new IntParameter("b", 0, 3) { When = new EqualsCondition("a", 1) },
        ]));

        Assert.Contains("circle", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NoParameters_IsAnError() => Assert.Single(SpaceValidation.Check(new SpaceDescription([])));
}
