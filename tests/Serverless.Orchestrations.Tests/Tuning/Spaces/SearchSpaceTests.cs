using System.Text.Json;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Tests.Tuning.Spaces;

public sealed class SearchSpaceTests
{
    private static readonly SearchSpace Space = SearchSpace.Of(SampleSpaces.Everything);

    [Fact]
    public void Dimensions_ChildDeclaredBeforeItsParent_ComesAfterIt()
    {
        var space = SearchSpace.Of(new SpaceDescription(
        [
            new FloatParameter("momentum", 0, 1) { When = new EqualsCondition("algo", "sgd") },
            new CategoricalParameter("algo", ["sgd", "adam"]),
        ]));

        Assert.Equal(["algo", "momentum"], space.Dimensions.Select(dimension => dimension.Name));
        Assert.Equal(["momentum", "algo"], space.ValuesOf([0, 0.5]).Select(value => value.Key));
    }

    [Fact]
    public void ValuesOf_InactiveParameters_AreAbsent()
    {
        var point = Space.PointOf(new Dictionary<string, ParameterValue> { ["algo"] = "tree", ["depth"] = 3, ["dropout"] = 0.3, ["size"] = "medium", ["fast"] = true });

        Assert.Equal("algo=tree depth=3 dropout=0.3 size=medium epochs=10 fast=true", string.Join(' ', Space.ValuesOf(point).Select(value => $"{value.Key}={value.Value}")));
    }

    [Fact]
    public void PointOf_ManyErrors_ReportsAllWithPaths()
    {
        var thrown = Assert.Throws<InvalidSpaceException>(() => Space.PointOf(new Dictionary<string, ParameterValue>
        {
            ["algo"] = "tree",
            ["lr"] = 0.1,
            ["dropout"] = 0.35,
            ["size"] = "huge",
            ["colour"] = "red",
            ["fast"] = false,
        }));

        Assert.Equal(["values.colour", "values.depth", "values.dropout", "values.lr", "values.size"], thrown.Errors.Select(error => error.Path).Order());
    }

    [Fact]
    public void PointOf_ForbiddenCombination_IsRefused() => Assert.Throws<InvalidSpaceException>(() => Space.PointOf(new Dictionary<string, ParameterValue>
    {
        ["algo"] = "adam",
        ["layers"] = 1,
        ["lr"] = 0.1,
        ["dropout"] = 0,
        ["size"] = "large",
        ["fast"] = true,
    }));

    [Fact]
    public void Draw_ManyPoints_ReadBackAsThemselves()
    {
        var random = new RandomSource(1);
        for (var draw = 0; draw < 500; draw++)
        {
            var point = UniformPoints.Draw(Space, random);
            if (Space.IsPermitted(point))
                Assert.Equal(point, Space.PointOf(Space.ValuesOf(point).ToDictionary()));
        }
    }

    [Fact]
    public void Groups_SameCondition_AreTogetherAndAfterWhatTheySpeakOf() => Assert.Equal(
        ["algo,dropout,size,fast", "depth", "layers", "units_1", "lr"],
        Space.Groups.Select(group => string.Join(',', group.Dimensions.Select(dimension => dimension.Name))));

    [Theory]
    [InlineData("units_1", 8, 512)]
    [InlineData("lr", 1e-5, 1)]
    [InlineData("dropout", 0, 0.6)]
    [InlineData("size", 0, 2)]
    public void FromUnit_Ends_AreTheBounds(string name, double low, double high)
    {
        var dimension = Space.Find(name)!;

        Assert.Equal(low, dimension.FromUnit(0), 12);
        Assert.Equal(high, dimension.FromUnit(1), 12);
        Assert.Equal(high, dimension.FromUnit(dimension.ToUnit(high)), 12);
    }

    [Fact]
    public void FromUnit_SteppedDimension_GivesEachValueAnEqualShare()
    {
        var dimension = Space.Find("dropout")!;
        var shares = Enumerable.Range(0, 7_000).Select(index => dimension.FromUnit((index + 0.5) / 7_000)).GroupBy(value => value).Select(group => group.Count());

        Assert.Equal(7, dimension.Cardinality);
        Assert.All(shares, share => Assert.Equal(1_000, share));
    }

    [Fact]
    public void Description_ThroughJson_IsTheSameSpace()
    {
        var json = JsonSerializer.Serialize(SampleSpaces.Everything, StudyJson.Default.SpaceDescription);
        var back = JsonSerializer.Deserialize(json, StudyJson.Default.SpaceDescription)!;

        Assert.Equal(json, JsonSerializer.Serialize(back, StudyJson.Default.SpaceDescription));
        Assert.Equal(Space.Groups.Select(group => group.When?.Text), SearchSpace.Of(back).Groups.Select(group => group.When?.Text));
    }

    [Theory]
    [InlineData(3, "3")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(4503599627370496, "4503599627370496")]
    public void Value_Number_IsWrittenAsProgramsReadIt(double number, string text) => Assert.Equal(text, ((ParameterValue)number).ToString());
}
