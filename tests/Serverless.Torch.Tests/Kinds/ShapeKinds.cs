using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

internal static class ShapeKinds
{
    private const string Group = "Shape and padding";

    public static IEnumerable<ModuleKind> All()
    {
        yield return ModuleKind.Of(Group, "Identity", _ => nn.Identity(), _ => [2, 3]);
        yield return ModuleKind.Of(Group, "Flatten", d => nn.Flatten(d.Whole("start", 1, 2), d.Of("end", -1L, 2L)), d => [2, d.Whole("size", 1, 4), 3, 2]);
        yield return ModuleKind.Of(Group, "Unflatten", d => nn.Unflatten(1, d.Flag("minus one") ? [3, -1] : [3, 4]), d => d.Flag("more") ? [2, 12, 3] : [2, 12]);
        yield return Pad("ConstantPad1d", 1, d => nn.ConstantPad1d((d.Whole("left", 0, 2), d.Whole("right", 0, 2)), d.Real("value", -1, 1)));
        yield return Pad("ConstantPad2d", 2, d => nn.ConstantPad2d((d.Whole("left", 0, 2), d.Whole("right", 0, 2), d.Whole("top", 0, 2), 1), d.Real("value", -1, 1)));
        yield return Pad("ConstantPad3d", 3, d => nn.ConstantPad3d(d.Whole("all", 0, 2), d.Real("value", -1, 1)));
        yield return Pad("ReflectionPad1d", 1, d => nn.ReflectionPad1d((d.Whole("left", 0, 2), d.Whole("right", 0, 2))));
        yield return Pad("ReflectionPad2d", 2, d => nn.ReflectionPad2d((d.Whole("left", 0, 2), d.Whole("right", 0, 2), d.Whole("top", 0, 2), 1)));
        yield return Pad("ReflectionPad3d", 3, d => nn.ReflectionPad3d(d.Whole("all", 0, 2)));
        yield return Pad("ReplicationPad1d", 1, d => nn.ReplicationPad1d((d.Whole("left", 0, 2), d.Whole("right", 0, 2))));
        yield return Pad("ReplicationPad2d", 2, d => nn.ReplicationPad2d((d.Whole("left", 0, 2), d.Whole("right", 0, 2), d.Whole("top", 0, 2), 1)));
        yield return Pad("ReplicationPad3d", 3, d => nn.ReplicationPad3d(d.Whole("all", 0, 2)));
        yield return Pad("ZeroPad2d", 2, d => nn.ZeroPad2d((d.Whole("left", 0, 2), d.Whole("right", 0, 2), d.Whole("top", 0, 2), 1)));
        yield return ModuleKind.Of(Group, "PixelShuffle", d => nn.PixelShuffle(d.Of("factor", 1L, 2L, 3L)), d => [2, 36, d.Whole("height", 1, 4), d.Whole("width", 1, 4)]);
        yield return ModuleKind.Of(Group, "PixelUnshuffle", d => nn.PixelUnshuffle(d.Of("factor", 1L, 2L, 3L)), d => [2, 2, 6 * d.Whole("height", 1, 2), 6]);
        yield return ModuleKind.Of(Group, "ChannelShuffle", d => nn.ChannelShuffle(d.Of("groups", 1L, 2L, 3L, 6L)), _ => [2, 6, 3, 4]);
        yield return ModuleKind.Of(Group, "Upsample (nearest)", d => Up(d, UpsampleMode.Nearest, null), d => [2, 2, d.Whole("height", 2, 5), d.Whole("width", 2, 5)]);
        yield return ModuleKind.Of(Group, "Upsample (linear)", d => Up(d, UpsampleMode.Linear, d.Flag("corners"), 1), d => [2, 2, d.Whole("length", 2, 5)]);
        yield return ModuleKind.Of(Group, "Upsample (bilinear)", d => Up(d, UpsampleMode.Bilinear, d.Flag("corners")), d => [2, 2, d.Whole("height", 2, 5), d.Whole("width", 2, 5)]);
        yield return ModuleKind.Of(Group, "Upsample (bicubic)", d => Up(d, UpsampleMode.Bicubic, d.Flag("corners")), d => [2, 2, d.Whole("height", 4, 6), d.Whole("width", 4, 6)]);
        yield return ModuleKind.Of(Group, "Upsample (trilinear)", d => Up(d, UpsampleMode.Trilinear, d.Flag("corners"), 3), d => [2, 2, 2, d.Whole("height", 2, 4), 3]);
    }

    private static ModuleKind Pad(string name, int dimensions, Func<Draw, nn.Module> module) =>
        ModuleKind.Of(Group, name, module, d => [2, 2, .. Enumerable.Range(0, dimensions).Select(_ => d.Whole("length", 3, 6))]);

    private static nn.Module Up(Draw d, UpsampleMode mode, bool? corners, int dimensions = 2) => d.Flag("by size")
        ? nn.Upsample(size: [.. Enumerable.Range(0, dimensions).Select(_ => d.Whole("size", 3, 9))], mode: mode, align_corners: corners)
        : nn.Upsample(scale_factor: [.. Enumerable.Repeat(d.Of("scale", 2d, 3d), dimensions)], mode: mode, align_corners: corners);
}
