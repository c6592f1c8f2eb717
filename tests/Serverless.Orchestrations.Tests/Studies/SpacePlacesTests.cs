using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Studies.Searches;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>Errors of a space say where people wrote what is wrong.</summary>
public sealed class SpacePlacesTests
{
    [Fact]
    public void Plan_WrongConditions_ErrorsAreWhereTheyWereWritten()
    {
        var spec = StudyBench.Spec() with
        {
            Space = new SpaceSpec
            {
                Parameters =
                [
                    new() { Name = "kind", Type = ParameterType.Ordinal, Choices = ["a", "b"] },
                    new() { Name = "x", Type = ParameterType.Float, Low = 0, High = 1, When = new() { All = [new() { Parameter = "kind", Is = "c" }, new() { Not = new() { Parameter = "kind", In = ["a", "z"] } }] } },
                    new() { Name = "y", Type = ParameterType.Float, Low = 0, High = 1, When = new() { Any = [new() { Parameter = "nobody", Is = 1 }] } },
                ],
                Forbidden = [new() { Parameter = "kind", Is = "d" }],
            },
        };

        var refused = Assert.Throws<ServerlessException>(() => SearchPlan.Of(spec));

        Assert.Equal(
            ["space.forbidden[0].equals", "space.parameters[1].when.all[0].equals", "space.parameters[1].when.all[1].not.in[1]", "space.parameters[2].when.any[0].parameter"],
            refused.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Plan_ChoicesOfAnOrdinalTwice_AreNamedAsChoices()
    {
        var spec = StudyBench.Spec() with { Space = new SpaceSpec { Parameters = [new() { Name = "k", Type = ParameterType.Ordinal, Choices = [1, 1] }] } };

        Assert.Equal("space.parameters[0].choices", Assert.Single(Assert.Throws<ServerlessException>(() => SearchPlan.Of(spec)).Errors).Path);
    }
}
