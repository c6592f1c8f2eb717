using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Resizing by interpolation. torch finds places by the factor where one was given, and by the sizes where they were; so does ONNX.</summary>
internal static class UpsampleRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        for (var axes = 1; axes <= 3; axes++)
        {
            var over = axes;
            yield return ($"aten::upsample_nearest{over}d", call => [Resize(call, over, null, [OnnxAttribute.Of("mode", "nearest"), OnnxAttribute.Of("nearest_mode", "floor"), OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric")])]);
            yield return ($"aten::_upsample_nearest_exact{over}d", call => [Resize(call, over, null, [OnnxAttribute.Of("mode", "nearest"), OnnxAttribute.Of("nearest_mode", "round_prefer_ceil"), OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel")])]);
        }

        yield return ("aten::upsample_linear1d", call => [Resize(call, 1, 2, [OnnxAttribute.Of("mode", "linear")])]);
        yield return ("aten::upsample_bilinear2d", call => [Resize(call, 2, 2, [OnnxAttribute.Of("mode", "linear")])]);
        yield return ("aten::upsample_trilinear3d", call => [Resize(call, 3, 2, [OnnxAttribute.Of("mode", "linear")])]);
        yield return ("aten::upsample_bicubic2d", call => [Resize(call, 2, 2, [OnnxAttribute.Of("mode", "cubic"), OnnxAttribute.Of("cubic_coeff_a", -0.75f)])]);
    }

    private static GraphValue Resize(LoweringCall call, int axes, int? corners, IReadOnlyList<OnnxAttribute> attributes)
    {
        if (corners is { } at)
            attributes = [.. attributes, OnnxAttribute.Of("coordinate_transformation_mode", call.Bool(at) ? "align_corners" : "half_pixel")];
        var factors = Factors(call, (corners ?? 1) + 1, axes);
        return factors is null || Whole(call, factors)
            ? call.Emit("Resize", [call.Tensor(0), null, null, call.ShapeOf(call.OutputSizes())], attributes)
            : call.Emit("Resize", [call.Tensor(0), null, call.FloatsOf([1, 1, .. factors.Select(factor => (float)factor)])], attributes);
    }

    /// <summary>The factor of each axis; null when sizes were given. One list in one form of the operator, a number an axis in the other.</summary>
    private static IReadOnlyList<double>? Factors(LoweringCall call, int from, int axes)
    {
        if (call.Argument(from) is Values.ListValue)
            return call.Floats(from);
        List<double> factors = [];
        for (var i = 0; i < axes && !call.IsNone(from + i); i++)
            factors.Add(call.Float(from + i));
        return factors.Count == axes ? factors : null;
    }

    /// <summary>Whether the sizes alone say the same: fixed, and without rest. Then nothing can be lost in rounding a factor to 32 bits.</summary>
    private static bool Whole(LoweringCall call, IReadOnlyList<double> factors) =>
        factors.Select((factor, i) => (Factor: factor, Axis: i + 2)).All(each => call.Sizes(0)[each.Axis].Constant is { } from && call.OutputSizes()[each.Axis].Constant is { } to && from * each.Factor == to);
}
