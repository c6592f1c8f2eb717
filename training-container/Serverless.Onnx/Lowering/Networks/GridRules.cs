using System.Runtime.InteropServices;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Sampling at places of a grid, and grids of affine maps.</summary>
internal static class GridRules
{
    private static readonly string[] Modes = ["bilinear", "nearest", "bicubic"];
    private static readonly string[] ModesSince20 = ["linear", "nearest", "cubic"];
    private static readonly string[] Borders = ["zeros", "border", "reflection"];

    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::grid_sampler", call => [Sample(call)]);
        yield return ("aten::grid_sampler_2d", call => [Sample(call)]);
        yield return ("aten::affine_grid_generator", call => [Affine(call)]);
    }

    private static GraphValue Sample(LoweringCall call)
    {
        if (call.Rank(0) != 4)
            throw call.Refuse($"it samples a tensor of {call.Rank(0)} dimensions; ONNX has it for images, of 4", "Sample images only.");
        return call.Emit("GridSample", [call.Tensor(0), call.Tensor(1)],
            OnnxAttribute.Of("mode", (call.Opset >= 20 ? ModesSince20 : Modes)[call.Int(2)]), OnnxAttribute.Of("padding_mode", Borders[call.Int(3)]), OnnxAttribute.Of("align_corners", call.Bool(4) ? 1 : 0));
    }

    /// <summary>The places of all pixels from −1 to 1, as [height·width, 3] with ones, times each map.</summary>
    private static GraphValue Affine(LoweringCall call)
    {
        var sizes = call.SizeList(1);
        if (sizes is not [_, _, { Constant: { } height }, { Constant: { } width }])
            throw call.Refuse("its grid is not that of images of fixed height and width", "Use affine_grid with fixed sizes of images.");
        var places = new float[height * width * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                (places[((y * width) + x) * 3], places[(((y * width) + x) * 3) + 1], places[(((y * width) + x) * 3) + 2]) = (Place(x, width, call.Bool(2)), Place(y, height, call.Bool(2)), 1);
        var grid = call.Cast(call.Constant("places", new() { Element = ElementType.Float, Dims = [height * width, 3], Data = MemoryMarshal.AsBytes<float>(places).ToArray() }), call.Element(0));
        return call.Reshape(call.Emit("MatMul", [grid, call.Transpose(call.Tensor(0), [0, 2, 1])]), [], [call.Sizes(0)[0], height, width, 2]);
    }

    private static float Place(int index, long size, bool corners) => corners ? (size > 1 ? -1 + (2f * index / (size - 1)) : 0) : (((2f * index) + 1) / size) - 1;
}
