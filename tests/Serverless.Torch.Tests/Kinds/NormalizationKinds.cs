using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

internal static class NormalizationKinds
{
    private const string Group = "Normalization and dropout";

    public static IEnumerable<ModuleKind> All()
    {
        yield return Of("BatchNorm1d", 1, (d, c) => nn.BatchNorm1d(c, d.Real("eps", 1e-3, 0.1), 0.1, d.Flag("affine")));
        yield return Of("BatchNorm2d", 2, (d, c) => nn.BatchNorm2d(c, d.Real("eps", 1e-3, 0.1), 0.1, d.Flag("affine")));
        yield return Of("BatchNorm3d", 3, (d, c) => nn.BatchNorm3d(c, d.Real("eps", 1e-3, 0.1), 0.1, d.Flag("affine")));
        yield return ModuleKind.Of(Group, "LayerNorm", d => nn.LayerNorm(d.Flag("last two") ? [4, 5] : [5], d.Real("eps", 1e-3, 0.1), d.Flag("affine")), _ => [2, 3, 4, 5]);
        yield return ModuleKind.Of(Group, "GroupNorm", d => nn.GroupNorm(d.Of("groups", 1L, 2L, 3L, 6L), 6, d.Real("eps", 1e-3, 0.1), d.Flag("affine")), d => d.Flag("image") ? [2, 6, 4, 3] : [2, 6, 5]);
        yield return Of("InstanceNorm1d", 1, (d, c) => nn.InstanceNorm1d(c, d.Real("eps", 1e-3, 0.1), 0.1, d.Flag("affine"), d.Flag("running")));
        yield return Of("InstanceNorm2d", 2, (d, c) => nn.InstanceNorm2d(c, d.Real("eps", 1e-3, 0.1), 0.1, d.Flag("affine"), d.Flag("running")));
        yield return Of("InstanceNorm3d", 3, (d, c) => nn.InstanceNorm3d(c, d.Real("eps", 1e-3, 0.1), 0.1, d.Flag("affine"), d.Flag("running")));
        yield return ModuleKind.Of(Group, "LocalResponseNorm", d => nn.LocalResponseNorm(d.Whole("size", 1, 4), d.Real("alpha", 0.01, 1), d.Real("beta", 0.2, 1), d.Real("k", 0.5, 2)), _ => [2, 5, 4, 3]);
        yield return ModuleKind.Of(Group, "Dropout", d => nn.Dropout(d.Real("p", 0, 0.9), d.Flag("inplace")), _ => [2, 5]);
        yield return ModuleKind.Of(Group, "Dropout1d", d => nn.Dropout1d(d.Real("p", 0, 0.9), d.Flag("inplace")), _ => [2, 5, 3]);
        yield return ModuleKind.Of(Group, "Dropout2d", d => nn.Dropout2d(d.Real("p", 0, 0.9), d.Flag("inplace")), _ => [2, 5, 3, 3]);
        yield return ModuleKind.Of(Group, "Dropout3d", d => nn.Dropout3d(d.Real("p", 0, 0.9), d.Flag("inplace")), _ => [2, 5, 3, 3, 2]);
        yield return ModuleKind.Of(Group, "AlphaDropout", d => nn.AlphaDropout(d.Real("p", 0, 0.9), d.Flag("inplace")), _ => [2, 5]);
        yield return ModuleKind.Of(Group, "FeatureAlphaDropout", d => nn.FeatureAlphaDropout(d.Real("p", 0, 0.9), d.Flag("inplace")), _ => [2, 5, 3]);
    }

    private static ModuleKind Of(string name, int dimensions, Func<Draw, long, nn.Module> module) => new(name, Group, d =>
    {
        var channels = d.Whole("channels", 1, 5);
        return ModuleKind.Sample(d, module(d, channels), randn([2, channels, .. Enumerable.Range(0, dimensions).Select(_ => d.Whole("size", 2, 5))]));
    });
}
