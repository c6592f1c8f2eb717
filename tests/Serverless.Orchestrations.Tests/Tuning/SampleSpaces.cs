using Serverless.Tuning.Spaces;

namespace Serverless.Orchestrations.Tests.Tuning;

/// <summary>Spaces that several tests search.</summary>
internal static class SampleSpaces
{
    /// <summary>Every kind of parameter, conditions two deep, and a forbidden combination.</summary>
    public static SpaceDescription Everything { get; } = new(
    [
        new CategoricalParameter("algo", ["sgd", "adam", "tree"]),
        new IntParameter("depth", 1, 12) { When = new EqualsCondition("algo", "tree") },
        new IntParameter("layers", 1, 4) { When = new OneOfCondition("algo", ["sgd", "adam"]) },
        new IntParameter("units_1", 8, 512, Log: true) { When = new BetweenCondition("layers", Min: 2) },
        new FloatParameter("lr", 1e-5, 1, Log: true) { When = new NotCondition(new EqualsCondition("algo", "tree")) },
        new FloatParameter("dropout", 0, 0.6, Step: 0.1),
        new OrdinalParameter("size", ["small", "medium", "large"]),
        new ConstantParameter("epochs", 10),
        new CategoricalParameter("fast", [true, false]),
    ])
    {
        Forbidden = [new AllCondition([new EqualsCondition("algo", "adam"), new EqualsCondition("size", "large")])],
    };

    /// <summary>Numbers alone.</summary>
    public static SpaceDescription Box(int dimensions, double low, double high) =>
        new([.. Enumerable.Range(0, dimensions).Select(index => new FloatParameter($"x{index}", low, high))]);
}
