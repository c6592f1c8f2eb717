using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

internal static class PoolingKinds
{
    private const string Group = "Pooling";

    public static IEnumerable<ModuleKind> All()
    {
        yield return Of("MaxPool1d", 1, d => nn.MaxPool1d(d.Whole("kernel", 2, 3), d.Whole("stride", 1, 3), d.Whole("padding", 0, 1), d.Whole("dilation", 1, 2), d.Flag("ceil")));
        yield return Of("MaxPool2d", 2, d => nn.MaxPool2d([d.Whole("kernel", 2, 3), 2], [d.Whole("stride", 1, 3), 2], [d.Whole("padding", 0, 1), 0], [d.Whole("dilation", 1, 2), 1], d.Flag("ceil")));
        yield return Of("MaxPool3d", 3, d => nn.MaxPool3d(d.Whole("kernel", 2, 3), d.Whole("stride", 1, 3), d.Whole("padding", 0, 1), 1, d.Flag("ceil")));
        yield return Of("AvgPool1d", 1, d => nn.AvgPool1d(d.Whole("kernel", 2, 3), d.Whole("stride", 1, 3), d.Whole("padding", 0, 1), d.Flag("ceil"), d.Flag("count padding")));
        yield return Of("AvgPool2d", 2, d => nn.AvgPool2d([d.Whole("kernel", 2, 3), 2], [d.Whole("stride", 1, 3), 2], [d.Whole("padding", 0, 1), 0], d.Flag("ceil"), d.Flag("count padding"), d.Flag("divisor") ? 5 : null));
        yield return Of("AvgPool3d", 3, d => nn.AvgPool3d([2, d.Whole("kernel", 2, 3), 2], [2, d.Whole("stride", 1, 3), 2], [0, d.Whole("padding", 0, 1), 0], d.Flag("ceil"), d.Flag("count padding")));
        yield return Of("AdaptiveAvgPool1d", 1, d => nn.AdaptiveAvgPool1d(d.Whole("size", 1, 5)));
        yield return Of("AdaptiveAvgPool2d", 2, d => nn.AdaptiveAvgPool2d([d.Whole("size", 1, 5), d.Whole("size", 1, 5)]));
        yield return Of("AdaptiveAvgPool3d", 3, d => nn.AdaptiveAvgPool3d([1, d.Whole("size", 1, 3), d.Whole("size", 1, 5)]));
        yield return Of("AdaptiveMaxPool1d", 1, d => nn.AdaptiveMaxPool1d(d.Whole("size", 1, 5)));
        yield return Of("AdaptiveMaxPool2d", 2, d => nn.AdaptiveMaxPool2d([d.Whole("size", 1, 5), d.Whole("size", 1, 5)]));
        yield return Of("LPPool1d", 1, d => nn.LPPool1d(d.Of("norm", 1d, 2d, 3d), d.Whole("kernel", 2, 3), d.Whole("stride", 1, 3), d.Flag("ceil")));
        yield return Of("LPPool2d", 2, d => nn.LPPool2d(d.Of("norm", 1d, 2d, 3d), d.Whole("kernel", 2, 3), d.Whole("stride", 1, 3), d.Flag("ceil")));
    }

    private static ModuleKind Of(string name, int dimensions, Func<Draw, nn.Module> module) =>
        ModuleKind.Of(Group, name, module, d => [2, 3, .. Enumerable.Range(0, dimensions).Select(_ => d.Whole("length", 6, 9))]);
}
