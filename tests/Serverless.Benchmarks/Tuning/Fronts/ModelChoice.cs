using Serverless.Tuning.Spaces;

namespace Serverless.Benchmarks.Tuning.Fronts;

/// <summary>A small choice of models, error against size: three kinds, each with parameters of its own.</summary>
internal static class ModelChoice
{
    /// <summary>Its name, space and losses.</summary>
    public static FrontProblem Create()
    {
        Condition Is(string kind) => new EqualsCondition("kind", kind);
        return new FrontProblem("machine", new SpaceDescription(
        [
            new CategoricalParameter("kind", ["linear", "tree", "network"]),
            new FloatParameter("decay", 1e-6, 1, Log: true) { When = Is("linear") },
            new IntParameter("depth", 1, 12) { When = Is("tree") },
            new IntParameter("trees", 1, 256, Log: true) { When = Is("tree") },
            new IntParameter("layers", 1, 4) { When = Is("network") },
            new IntParameter("units", 8, 512, Log: true) { When = Is("network") },
            new FloatParameter("rate", 1e-5, 1, Log: true) { When = Is("network") },
            new CategoricalParameter("activation", ["relu", "tanh"]) { When = Is("network") },
        ]), [0.6, 1.1], Evaluate);
    }

    private static double[] Evaluate(IReadOnlyDictionary<string, ParameterValue> values)
    {
        double Number(string name) => values[name].Number;
        double Decade(string name) => Square(Math.Log10(Number(name)) + 3);
        switch (values["kind"].Text)
        {
            case "linear":
                return [0.30 + 0.01 * Decade("decay"), 0.01];
            case "tree":
                var (depth, trees) = (Number("depth"), Number("trees"));
                return [0.12 + 0.10 * Math.Exp(-depth / 4) + 0.15 * Math.Exp(-Math.Log2(trees) / 3) + 0.002 * Square(Math.Max(0, depth - 8)), 0.02 + trees * depth / 3072];
            default:
                var (layers, units) = (Number("layers"), Number("units"));
                var activation = values["activation"].Text == "tanh" ? 0.02 : 0;
                return [0.06 + 0.25 * Math.Exp(-Math.Log2(units) / 3) + 0.02 * Math.Abs(layers - 3) + 0.04 * Decade("rate") + activation, 0.03 + layers * units / 2048];
        }
    }

    private static double Square(double value) => value * value;
}
