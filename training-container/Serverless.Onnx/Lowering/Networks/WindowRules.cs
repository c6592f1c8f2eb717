using System.Runtime.InteropServices;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Unfold and fold: a convolution whose kernels each pick one element of the window, and its transpose, which adds where windows overlap.</summary>
internal static class WindowRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::im2col", call => [Unfold(call)]);
        yield return ("aten::col2im", call => [Fold(call)]);
    }

    private static GraphValue Unfold(LoweringCall call)
    {
        var (sizes, kernel) = (call.Sizes(0), call.Ints(1));
        var planes = call.Reshape(call.Tensor(0), sizes, [SizeExpression.Product(sizes.Take(sizes.Count - 2)), 1, sizes[^2], sizes[^1]]);
        var made = call.Emit("Conv", [planes, Pickers(call, kernel)], [.. Attributes(call, kernel, dilations: 2, paddings: 3, strides: 4)]);
        return call.Emit("Reshape", [made, call.ShapeOf([.. sizes.Take(sizes.Count - 3), sizes[^3] * (kernel[0] * kernel[1]), -1])]);
    }

    private static GraphValue Fold(LoweringCall call)
    {
        var (sizes, wanted, kernel) = (call.Sizes(0), call.Ints(1), call.Ints(2));
        var (dilations, paddings, strides) = (call.Ints(3), call.Ints(4), call.Ints(5));
        long[] windows = [.. Enumerable.Range(0, 2).Select(i => ((wanted[i] + (2 * paddings[i]) - (dilations[i] * (kernel[i] - 1)) - 1) / strides[i]) + 1)];
        long[] rest = [.. Enumerable.Range(0, 2).Select(i => wanted[i] - (((windows[i] - 1) * strides[i]) - (2 * paddings[i]) + (dilations[i] * (kernel[i] - 1)) + 1))];
        var size = kernel[0] * kernel[1];
        var channels = sizes[^2].Divide(size) ?? throw call.Refuse($"its {sizes[^2]} rows are not a multiple of the window's {size} elements", "Fold what unfold made.");
        var outer = sizes.Take(sizes.Count - 2).ToList();
        var planes = call.Reshape(call.Tensor(0), sizes, [SizeExpression.Product([.. outer, channels]), size, windows[0], windows[1]]);
        var made = call.Emit("ConvTranspose", [planes, Pickers(call, kernel)], [.. Attributes(call, kernel, dilations: 3, paddings: 4, strides: 5), OnnxAttribute.Of("output_padding", rest)]);
        return call.Reshape(made, [], [.. outer, channels, wanted[0], wanted[1]]);
    }

    private static IEnumerable<OnnxAttribute> Attributes(LoweringCall call, IReadOnlyList<long> kernel, int dilations, int paddings, int strides) =>
    [
        OnnxAttribute.Of("kernel_shape", kernel),
        OnnxAttribute.Of("dilations", call.Ints(dilations)),
        OnnxAttribute.Of("pads", [.. call.Ints(paddings), .. call.Ints(paddings)]),
        OnnxAttribute.Of("strides", call.Ints(strides)),
    ];

    private static GraphValue Pickers(LoweringCall call, IReadOnlyList<long> kernel)
    {
        var count = (int)(kernel[0] * kernel[1]);
        var pickers = new float[count * count];
        for (var i = 0; i < count; i++)
            pickers[(i * count) + i] = 1;
        return call.Cast(call.Constant("pickers", new() { Element = ElementType.Float, Dims = [count, 1, kernel[0], kernel[1]], Data = MemoryMarshal.AsBytes<float>(pickers).ToArray() }), call.Element(0));
    }
}
