using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Padding modules.</summary>
internal static class PaddingKinds
{
    public static IEnumerable<(string Kind, WalkRule Rule)> All()
    {
        for (var axes = 1; axes <= 3; axes++)
        {
            var over = axes;
            yield return ($"ConstantPad{over}d", module => [Pad(module, over, "constant", module.Number("value"))]);
            yield return ($"ReflectionPad{over}d", module => [Pad(module, over, "reflect", null)]);
            yield return ($"ReplicationPad{over}d", module => [Pad(module, over, "replicate", null)]);
        }

        yield return ("ZeroPad2d", module => [Pad(module, 2, "constant", 0)]);
    }

    /// <summary>A shape after padding, the last axis first.</summary>
    public static IReadOnlyList<long> Padded(IReadOnlyList<long> shape, IReadOnlyList<long> sides)
    {
        long[] padded = [.. shape];
        for (var i = 0; i < sides.Count / 2; i++)
            padded[^(i + 1)] += sides[2 * i] + sides[(2 * i) + 1];
        return padded;
    }

    private static WalkedValue Pad(WalkedModule module, int axes, string mode, double? value)
    {
        var sides = module.Ints("padding", 2 * axes);
        return module.Call("aten::pad", Padded(module.X.Shape, sides), module.X, WalkedModule.List(sides), RecordedConstant.Of(mode), value is { } number ? RecordedConstant.Of(number) : null);
    }
}
