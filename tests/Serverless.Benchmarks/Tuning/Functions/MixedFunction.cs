using Serverless.Tuning.Spaces;

namespace Serverless.Benchmarks.Tuning.Functions;

/// <summary>A tuning problem in small: three methods, each with parameters of its own, whole numbers, choices, and layers that bring their own sizes.</summary>
internal static class MixedFunction
{
    /// <summary>Its name, space, optimum and values.</summary>
    public static TestFunction Create() => new("mixed", Space(), 0.05, Evaluate);

    private static SpaceDescription Space()
    {
        Condition network = new OneOfCondition("algo", ["sgd", "adam"]);
        Condition Is(string method) => new EqualsCondition("algo", method);
        return new SpaceDescription(
        [
            new CategoricalParameter("algo", ["sgd", "adam", "tree"]),
            new IntParameter("depth", 1, 12) { When = Is("tree") },
            new IntParameter("min_leaf", 1, 64, Log: true) { When = Is("tree") },
            new FloatParameter("tree_lr", 1e-3, 1, Log: true) { When = Is("tree") },
            new FloatParameter("subsample", 0.3, 1) { When = Is("tree") },
            new IntParameter("n_layers", 1, 4) { When = network },
            .. Enumerable.Range(0, 4).Select(i => new IntParameter($"units_{i}", 8, 512, Log: true) { When = new BetweenCondition("n_layers", i + 1, 4) }),
            new FloatParameter("sgd_lr", 1e-5, 1, Log: true) { When = Is("sgd") },
            new FloatParameter("momentum", 0, 0.99) { When = Is("sgd") },
            new FloatParameter("weight_decay", 1e-6, 1e-1, Log: true) { When = Is("sgd") },
            new FloatParameter("adam_lr", 1e-5, 1, Log: true) { When = Is("adam") },
            new FloatParameter("dropout", 0, 0.6) { When = Is("adam") },
            new CategoricalParameter("activation", ["relu", "tanh", "gelu"]) { When = Is("adam") },
        ]);
    }

    private static double Evaluate(IReadOnlyDictionary<string, ParameterValue> values)
    {
        double Number(string name) => values[name].Number;
        double Decade(string name, double middle) => Square(Math.Log10(Number(name)) - middle);
        if (values["algo"].Text == "tree")
        {
            return 0.10 + 0.002 * Square(Number("depth") - 7) + 0.03 * Decade("tree_lr", -1)
                + 0.0025 * Square(Math.Log2(Number("min_leaf")) - 2) + 0.1 * Square(Number("subsample") - 0.8);
        }

        var layers = (int)Number("n_layers");
        double Units(double middle) => Enumerable.Range(0, layers).Average(i => 0.01 * Square(Math.Log2(Number($"units_{i}")) - middle));
        if (values["algo"].Text == "sgd")
        {
            return 0.06 + 0.04 * Square(Math.Log10(Number("sgd_lr") / (1 - Number("momentum"))) + 1) + 0.03 * Math.Abs(layers - 2) + Units(7)
                + 0.005 * Decade("weight_decay", -4);
        }

        var activation = values["activation"].Text switch { "relu" => 0.01, "tanh" => 0.03, _ => 0.0 };
        return 0.05 + 0.05 * Decade("adam_lr", -3) + 0.03 * Math.Abs(layers - 3) + Units(6) + 0.2 * Square(Number("dropout") - 0.2) + activation;
    }

    private static double Square(double value) => value * value;
}
