using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Pooling over windows and to fixed numbers of windows.</summary>
internal static class PoolingKinds
{
    public static IEnumerable<(string Kind, WalkRule Rule)> All()
    {
        for (var axes = 1; axes <= 3; axes++)
        {
            var over = axes;
            yield return ($"MaxPool{over}d", module => [Max(module, over)]);
            yield return ($"AvgPool{over}d", module => [Average(module, over)]);
            yield return ($"AdaptiveAvgPool{over}d", module => [Adaptive(module, over, $"aten::adaptive_avg_pool{over}d")[0]]);
            yield return ($"AdaptiveMaxPool{over}d", module => [Adaptive(module, over, $"aten::adaptive_max_pool{over}d")[0]]);
        }
    }

    private static WalkedValue Max(WalkedModule module, int axes)
    {
        var kernel = module.Ints("kernel_size", axes);
        var (stride, padding, dilation, up) = (module.Ints("stride", axes, kernel), module.Ints("padding", axes, new long[axes]), module.Ints("dilation", axes, Ones(axes)), module.Flag("ceil_mode"));
        return module.Call($"aten::max_pool{axes}d", Pooled(module, kernel, stride, padding, dilation, up),
            module.X, WalkedModule.List(kernel), WalkedModule.List(stride), WalkedModule.List(padding), WalkedModule.List(dilation), RecordedConstant.Of(up));
    }

    private static WalkedValue Average(WalkedModule module, int axes)
    {
        var kernel = module.Ints("kernel_size", axes);
        var (stride, padding, up) = (module.Ints("stride", axes, kernel), module.Ints("padding", axes, new long[axes]), module.Flag("ceil_mode"));
        List<object?> arguments = [module.X, WalkedModule.List(kernel), WalkedModule.List(stride), WalkedModule.List(padding), RecordedConstant.Of(up), RecordedConstant.Of(module.Flag("count_include_pad"))];
        if (axes > 1)
            arguments.Add(module.Has("divisor_override") ? RecordedConstant.Of(module.Int("divisor_override")) : null);
        return module.Call($"aten::avg_pool{axes}d", Pooled(module, kernel, stride, padding, Ones(axes), up), arguments);
    }

    private static IReadOnlyList<WalkedValue> Adaptive(WalkedModule module, int axes, string name)
    {
        var wanted = module.Ints("output_size", axes);
        var shape = RecordedType.Tensor(module.X.Element, [.. module.X.Shape.Take(module.X.Rank - axes), .. wanted]);
        IReadOnlyList<RecordedType> outputs = name.Contains("max", StringComparison.Ordinal) ? [shape, shape with { Element = Graphs.ElementType.Int64 }] : [shape];
        return module.CallMany(name, outputs, module.X, WalkedModule.List(wanted));
    }

    private static IReadOnlyList<long> Pooled(WalkedModule module, IReadOnlyList<long> kernel, IReadOnlyList<long> stride, IReadOnlyList<long> padding, IReadOnlyList<long> dilation, bool up)
    {
        var outer = module.X.Rank - kernel.Count;
        if (outer is not (1 or 2))
            throw module.Refuse($"a value of {module.X.Rank} dimensions goes in; it takes {kernel.Count + 2}", "Give the network inputs of the shape that it was made for.");
        return [.. module.X.Shape.Take(outer), .. kernel.Select((size, i) => WindowSizes.Of(module.X.Shape[outer + i], size, stride[i], padding[i], dilation[i], up))];
    }

    private static long[] Ones(int axes) => [.. Enumerable.Repeat(1L, axes)];
}
