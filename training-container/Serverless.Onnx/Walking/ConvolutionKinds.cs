using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Convolutions and transposed ones.</summary>
internal static class ConvolutionKinds
{
    public static IEnumerable<(string Kind, WalkRule Rule)> All()
    {
        for (var axes = 1; axes <= 3; axes++)
        {
            var over = axes;
            yield return ($"Conv{over}d", module => [Convolve(module, over)]);
            yield return ($"ConvTranspose{over}d", module => [Transposed(module, over)]);
        }
    }

    private static WalkedValue Convolve(WalkedModule module, int axes)
    {
        var x = Batched(module, axes, module.X);
        var mode = module.Text("padding_mode");
        var (kernel, stride, dilation) = (module.Ints("kernel_size", axes), module.Ints("stride", axes), module.Ints("dilation", axes));
        var same = module.Has("padding_type") && module.Text("padding_type") == "same";
        IReadOnlyList<long> padding = module.Has("padding_type") ? new long[axes] : module.Ints("padding", axes);
        if (mode != "zeros")
        {
            x = Pad(module, x, mode, same, padding, kernel, dilation);
            (padding, same) = (new long[axes], false);
        }

        var weight = module.Weight("weight");
        long[] shape = [x.Shape[0], weight.Shape[0], .. kernel.Select((size, i) => same ? x.Shape[i + 2] : WindowSizes.Of(x.Shape[i + 2], size, stride[i], padding[i], dilation[i]))];
        var made = same
            ? module.Call("aten::_convolution_mode", shape, x, weight, module.WeightOrNone("bias"), WalkedModule.List(stride), RecordedConstant.Of("same"), WalkedModule.List(dilation), RecordedConstant.Of(module.Int("groups")))
            : module.Call("aten::convolution", shape, x, weight, module.WeightOrNone("bias"), WalkedModule.List(stride), WalkedModule.List(padding), WalkedModule.List(dilation), RecordedConstant.Of(false), WalkedModule.List(new long[axes]), RecordedConstant.Of(module.Int("groups")));
        return Unbatched(module, made, x);
    }

    /// <summary>Padding of another mode comes before the convolution, the last axis first.</summary>
    private static WalkedValue Pad(WalkedModule module, WalkedValue x, string mode, bool same, IReadOnlyList<long> padding, IReadOnlyList<long> kernel, IReadOnlyList<long> dilation)
    {
        var totals = kernel.Zip(dilation, (size, step) => step * (size - 1)).ToList();
        if (same && totals.Distinct().Count() > 1)
            throw module.Refuse("it pads to the same size in another mode than zeros with windows of unlike sizes, where the library pads the wrong axes", "Set the padding in numbers.");
        List<long> sides = [.. totals.Zip(padding, (total, side) => same ? (long[])[total / 2, total - (total / 2)] : [side, side]).Reverse().SelectMany(pair => pair)];
        return module.Call("aten::pad", PaddingKinds.Padded(x.Shape, sides), x, WalkedModule.List(sides), RecordedConstant.Of(mode), null);
    }

    private static WalkedValue Transposed(WalkedModule module, int axes)
    {
        var x = Batched(module, axes, module.X);
        var (kernel, stride, dilation, padding, extra) = (module.Ints("kernel_size", axes), module.Ints("stride", axes), module.Ints("dilation", axes), module.Ints("padding", axes), module.Ints("output_padding", axes));
        var (weight, groups) = (module.Weight("weight"), module.Int("groups"));
        long[] shape = [x.Shape[0], weight.Shape[1] * groups, .. kernel.Select((size, i) => WindowSizes.Transposed(x.Shape[i + 2], size, stride[i], padding[i], dilation[i], extra[i]))];
        var made = module.Call("aten::convolution", shape, x, weight, module.WeightOrNone("bias"), WalkedModule.List(stride), WalkedModule.List(padding), WalkedModule.List(dilation), RecordedConstant.Of(true), WalkedModule.List(extra), RecordedConstant.Of(groups));
        return Unbatched(module, made, x);
    }

    private static WalkedValue Batched(WalkedModule module, int axes, WalkedValue x)
    {
        if (x.Rank == axes + 1)
            return module.Call("aten::unsqueeze", [1, .. x.Shape], x, RecordedConstant.Of(0L));
        return x.Rank == axes + 2 ? x : throw module.Refuse($"a value of {x.Rank} dimensions goes in; it takes {axes + 2}", "Give the network inputs of the shape that it was made for.");
    }

    private static WalkedValue Unbatched(WalkedModule module, WalkedValue made, WalkedValue x) =>
        module.X.Rank == x.Rank ? made : module.Call("aten::squeeze", [.. made.Shape.Skip(1)], made, RecordedConstant.Of(0L));
}
