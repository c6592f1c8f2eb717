using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Modules that change each element by itself, or along one axis, and keep the shape.</summary>
internal static class ElementwiseKinds
{
    public static IEnumerable<(string Kind, WalkRule Rule)> All()
    {
        foreach (var (kind, name) in new[]
        {
            ("ReLU", "relu"), ("ReLU6", "relu6"), ("SELU", "selu"), ("SiLU", "silu"), ("Mish", "mish"), ("Hardswish", "hardswish"), ("Hardsigmoid", "hardsigmoid"), ("Sigmoid", "sigmoid"), ("Tanh", "tanh"),
            ("LogSigmoid", "log_sigmoid"),
        })
            yield return (kind, Numbers($"aten::{name}"));
        yield return ("LeakyReLU", Numbers("aten::leaky_relu", "negative_slope"));
        yield return ("ELU", Numbers("aten::elu", "alpha"));
        yield return ("CELU", Numbers("aten::celu", "alpha"));
        yield return ("Hardtanh", Numbers("aten::hardtanh", "min_val", "max_val"));
        yield return ("Hardshrink", Numbers("aten::hardshrink", "lambda"));
        yield return ("Softshrink", Numbers("aten::softshrink", "lambda"));
        yield return ("Softplus", Numbers("aten::softplus", "beta", "threshold"));
        yield return ("Threshold", Numbers("aten::threshold", "threshold", "value"));
        yield return ("RReLU", Numbers("aten::rrelu", "lower", "upper"));
        yield return ("GELU", module => [module.Call("aten::gelu", module.X.Shape, module.X, RecordedConstant.Of(module.TextOr("approximate", "none")))]);
        yield return ("PReLU", module => [module.Call("aten::prelu", module.X.Shape, module.X, module.Weight("weight"))]);
        yield return ("Tanhshrink", module => [module.Call("aten::sub", module.X.Shape, module.X, module.Call("aten::tanh", module.X.Shape, module.X), RecordedConstant.Of(1L))]);
        yield return ("Softsign", Softsign);
        yield return ("Softmax", module => [AlongAxis(module, "aten::softmax", module.X, module.Int("dim"))]);
        yield return ("LogSoftmax", module => [AlongAxis(module, "aten::log_softmax", module.X, module.Int("dim"))]);
        yield return ("Softmin", module => [AlongAxis(module, "aten::softmax", module.Call("aten::neg", module.X.Shape, module.X), module.Int("dim"))]);
        yield return ("Softmax2d", module => [AlongAxis(module, "aten::softmax", module.X, -3)]);
        yield return ("Identity", module => [module.X]);
        foreach (var kind in new[] { "Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout" })
            yield return (kind, module => [module.X]); // nothing in evaluation
    }

    private static WalkRule Numbers(string name, params string[] settings) =>
        module => [module.Call(name, module.X.Shape, [module.X, .. settings.Select(setting => RecordedConstant.Of(module.Number(setting)))])];

    private static IReadOnlyList<WalkedValue> Softsign(WalkedModule module)
    {
        var shape = module.X.Shape;
        var under = module.Call("aten::add", shape, module.Call("aten::abs", shape, module.X), RecordedConstant.Of(1L), RecordedConstant.Of(1L));
        return [module.Call("aten::div", shape, module.X, under)];
    }

    private static WalkedValue AlongAxis(WalkedModule module, string name, WalkedValue x, long axis) => module.Call(name, x.Shape, x, RecordedConstant.Of(axis), null);
}
