using TorchSharp;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

internal static class ConvolutionKinds
{
    private const string Group = "Convolutions";

    public static IEnumerable<ModuleKind> All()
    {
        yield return Of("Conv1d", 1, (d, g) => nn.Conv1d(2 * g, 4 * g, d.Whole("kernel", 1, 3), d.Whole("stride", 1, 2), d.Whole("padding", 0, 2), d.Whole("dilation", 1, 2), Mode(d), g, d.Flag("bias")));
        yield return Of("Conv1d (same)", 1, (d, g) => nn.Conv1d(2 * g, 4 * g, d.Whole("kernel", 1, 4), Padding.Same, 1, d.Whole("dilation", 1, 2), PaddingModes.Zeros, g, d.Flag("bias")));
        yield return Of("Conv2d", 2, (d, g) => nn.Conv2d(2 * g, 4 * g, (d.Whole("kernel", 1, 3), d.Whole("kernel", 1, 3)), (d.Whole("stride", 1, 2), d.Whole("stride", 1, 2)), (d.Whole("padding", 0, 2), d.Whole("padding", 0, 2)), (d.Whole("dilation", 1, 2), 1L), Mode(d), g, d.Flag("bias")));
        yield return Of("Conv2d (same)", 2, (d, g) => nn.Conv2d(2 * g, 4 * g, d.Whole("kernel", 1, 4), Padding.Same, 1, d.Whole("dilation", 1, 2), PaddingModes.Zeros, g, d.Flag("bias")));
        yield return Of("Conv3d", 3, (d, g) => nn.Conv3d(2 * g, 2 * g, d.Whole("kernel", 1, 3), d.Whole("stride", 1, 2), d.Whole("padding", 0, 2), d.Whole("dilation", 1, 2), PaddingModes.Zeros, g, d.Flag("bias")));
        yield return Of("ConvTranspose1d", 1, (d, g) => nn.ConvTranspose1d(2 * g, 4 * g, d.Whole("kernel", 2, 4), 2, d.Whole("padding", 0, 1), d.Whole("output padding", 0, 1), d.Whole("dilation", 1, 2), PaddingModes.Zeros, g, d.Flag("bias")));
        yield return Of("ConvTranspose2d", 2, (d, g) => nn.ConvTranspose2d(2 * g, 4 * g, d.Whole("kernel", 2, 4), 2, d.Whole("padding", 0, 1), d.Whole("output padding", 0, 1), d.Whole("dilation", 1, 2), PaddingModes.Zeros, g, d.Flag("bias")));
        yield return Of("ConvTranspose3d", 3, (d, g) => nn.ConvTranspose3d(2 * g, 2 * g, d.Whole("kernel", 2, 3), 2, d.Whole("padding", 0, 1), d.Whole("output padding", 0, 1), 1, PaddingModes.Zeros, g, d.Flag("bias")));
        yield return ModuleKind.Of(Group, "Unfold", d => nn.Unfold(d.Whole("kernel", 1, 3), d.Whole("dilation", 1, 2), d.Whole("padding", 0, 2), d.Whole("stride", 1, 2)), _ => [2, 3, 7, 8]);
    }

    private static PaddingModes Mode(Draw d) => d.Of("mode", PaddingModes.Zeros, PaddingModes.Reflect, PaddingModes.Replicate, PaddingModes.Circular);

    private static ModuleKind Of(string name, int dimensions, Func<Draw, long, nn.Module> module) => new(name, Group, d =>
    {
        var groups = d.Whole("groups", 1, 2);
        long[] shape = [2, 2 * groups, .. Enumerable.Range(0, dimensions).Select(_ => d.Whole("size", 6, 9))];
        return ModuleKind.Sample(d, module(d, groups), randn(shape));
    });
}
