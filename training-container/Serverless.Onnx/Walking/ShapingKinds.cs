using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Modules that lay elements out anew, or resize images.</summary>
internal static class ShapingKinds
{
    public static IEnumerable<(string Kind, WalkRule Rule)> All()
    {
        yield return ("Flatten", module => [Flatten(module)]);
        yield return ("Unflatten", module => [Unflatten(module)]);
        yield return ("PixelShuffle", module => [Shuffle(module)]);
        yield return ("PixelUnshuffle", module => [Unshuffle(module)]);
        yield return ("ChannelShuffle", module => [module.Call("aten::channel_shuffle", module.X.Shape, module.X, RecordedConstant.Of(module.Int("groups")))]);
        yield return ("GLU", module => [Glu(module)]);
        yield return ("Unfold", module => [Unfold(module)]);
        yield return ("Fold", module => [Fold(module)]);
        yield return ("Upsample", module => [Upsample(module)]);
    }

    private static WalkedValue Flatten(WalkedModule module)
    {
        var (x, from, to) = (module.X, module.Axis("start_dim", module.X.Rank), module.Axis("end_dim", module.X.Rank));
        return module.Call("aten::flatten", [.. x.Shape.Take(from), Product(x.Shape.Skip(from).Take(to - from + 1)), .. x.Shape.Skip(to + 1)], x, RecordedConstant.Of((long)from), RecordedConstant.Of((long)to));
    }

    private static WalkedValue Unflatten(WalkedModule module)
    {
        var (x, axis, sizes) = (module.X, module.Axis("dim", module.X.Rank), module.Setting("unflattened_size").Ints);
        var known = Product(sizes.Where(size => size != -1));
        return module.Call("aten::unflatten", [.. x.Shape.Take(axis), .. sizes.Select(size => size == -1 ? x.Shape[axis] / known : size), .. x.Shape.Skip(axis + 1)], x, RecordedConstant.Of((long)axis), WalkedModule.List(sizes));
    }

    private static WalkedValue Shuffle(WalkedModule module)
    {
        var (shape, by) = (module.X.Shape, module.Int("upscale_factor"));
        return module.Call("aten::pixel_shuffle", [.. shape.Take(shape.Count - 3), shape[^3] / (by * by), shape[^2] * by, shape[^1] * by], module.X, RecordedConstant.Of(by));
    }

    private static WalkedValue Unshuffle(WalkedModule module)
    {
        var (shape, by) = (module.X.Shape, module.Int("downscale_factor"));
        return module.Call("aten::pixel_unshuffle", [.. shape.Take(shape.Count - 3), shape[^3] * by * by, shape[^2] / by, shape[^1] / by], module.X, RecordedConstant.Of(by));
    }

    private static WalkedValue Glu(WalkedModule module)
    {
        var axis = module.Axis("dim", module.X.Rank);
        return module.Call("aten::glu", [.. module.X.Shape.Select((size, i) => i == axis ? size / 2 : size)], module.X, RecordedConstant.Of((long)axis));
    }

    private static WalkedValue Unfold(WalkedModule module)
    {
        var (kernel, dilation, padding, stride) = (module.Ints("kernel_size", 2), module.Ints("dilation", 2), module.Ints("padding", 2), module.Ints("stride", 2));
        var shape = module.X.Shape;
        var windows = Product(kernel.Select((size, i) => WindowSizes.Of(shape[^(2 - i)], size, stride[i], padding[i], dilation[i])));
        return module.Call("aten::im2col", [.. shape.Take(shape.Count - 3), shape[^3] * Product(kernel), windows], module.X, WalkedModule.List(kernel), WalkedModule.List(dilation), WalkedModule.List(padding), WalkedModule.List(stride));
    }

    private static WalkedValue Fold(WalkedModule module)
    {
        var (size, kernel, dilation, padding, stride) = (module.Ints("output_size", 2), module.Ints("kernel_size", 2), module.Ints("dilation", 2), module.Ints("padding", 2), module.Ints("stride", 2));
        var shape = module.X.Shape;
        return module.Call("aten::col2im", [.. shape.Take(shape.Count - 2), shape[^2] / Product(kernel), .. size], module.X, WalkedModule.List(size), WalkedModule.List(kernel), WalkedModule.List(dilation), WalkedModule.List(padding), WalkedModule.List(stride));
    }

    private static WalkedValue Upsample(WalkedModule module)
    {
        var (shape, axes, mode) = (module.X.Shape, module.X.Rank - 2, module.Text("mode"));
        var name = (mode, axes) switch
        {
            ("nearest", >= 1 and <= 3) => $"upsample_nearest{axes}d",
            ("linear", 1) => "upsample_linear1d",
            ("bilinear", 2) => "upsample_bilinear2d",
            ("trilinear", 3) => "upsample_trilinear3d",
            ("bicubic", 2) => "upsample_bicubic2d",
            _ => throw module.Refuse($"it resizes {axes} axes in the mode '{mode}'", "Use nearest, linear (1), bilinear (2), bicubic (2) or trilinear (3)."),
        };
        IReadOnlyList<double>? factors = module.Has("scale_factor") ? Factors(module, axes) : null;
        IReadOnlyList<long> sizes = factors is null ? module.Ints("size", axes) : [.. factors.Select((factor, i) => (long)Math.Floor(shape[i + 2] * factor))];
        var byFactor = factors is not null && !(module.Has("recompute_scale_factor") && module.Flag("recompute_scale_factor"));
        List<object?> arguments = [module.X, WalkedModule.List(sizes)];
        if (mode != "nearest")
            arguments.Add(RecordedConstant.Of(module.Has("align_corners") && module.Flag("align_corners")));
        for (var i = 0; i < axes; i++)
            arguments.Add(byFactor ? RecordedConstant.Of(factors![i]) : null);
        return module.Call($"aten::{name}", [.. shape.Take(2), .. sizes], arguments);
    }

    private static IReadOnlyList<double> Factors(WalkedModule module, int axes)
    {
        var setting = module.Setting("scale_factor");
        IReadOnlyList<double> given = setting.Floats.Count > 0 ? setting.Floats : [.. setting.Ints.Select(whole => (double)whole)];
        return given.Count == axes ? given : given.Count == 1 ? [.. Enumerable.Repeat(given[0], axes)] : throw module.Refuse($"it has {given.Count} factors for {axes} axes", "Give one factor, or one for each axis.");
    }

    private static long Product(IEnumerable<long> sizes) => sizes.Aggregate(1L, (product, size) => product * size);
}
