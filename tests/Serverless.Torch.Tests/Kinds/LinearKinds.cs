using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

internal static class LinearKinds
{
    private const string Group = "Linear, embedding and distance";

    public static IEnumerable<ModuleKind> All()
    {
        yield return ModuleKind.Of(Group, "Linear", d => nn.Linear(4, d.Whole("out", 1, 6), d.Flag("bias")), d => d.Of("rank", 2, 3, 4) switch { 2 => [2, 4], 3 => [2, 3, 4], _ => [2, 3, 2, 4] });
        yield return new("Bilinear", Group, d => ModuleKind.Sample(d, nn.Bilinear(3, 4, d.Whole("out", 1, 5), d.Flag("bias")), randn(2, 3), randn(2, 4)));
        yield return new("Embedding", Group, d => Indices(d, nn.Embedding(9, d.Whole("width", 1, 6), d.Flag("padding index") ? 0 : null), d.Flag("rank 1") ? [5] : [3, 4]));
        yield return new("EmbeddingBag", Group, d => Indices(d, nn.EmbeddingBag(9, d.Whole("width", 1, 6), mode: d.Of("mode", EmbeddingBagMode.Mean, EmbeddingBagMode.Sum, EmbeddingBagMode.Max)), [3, 4]));
        yield return new("CosineSimilarity", Group, d => ModuleKind.Sample(d, nn.CosineSimilarity(d.Of("dim", 1L, -1L), d.Real("eps", 1e-8, 0.1)), randn(2, 3, 4), randn(2, 3, 4)));
        yield return new("PairwiseDistance", Group, d => ModuleKind.Sample(d, nn.PairwiseDistance(d.Of("p", 1d, 2d, 3d), 1e-6, d.Flag("keepdim")), randn(2, 5), randn(2, 5)));
        yield return ModuleKind.Of(Group, "Sequential", d => Stack(d.Whole("hidden", 1, 6), d.Whole("out", 1, 4)), _ => [2, 4]);
    }

    private static Sequential Stack(long hidden, long outs) => nn.Sequential(("first", nn.Linear(4, hidden)), ("activation", nn.ReLU()), ("second", nn.Sequential(nn.Dropout(), nn.Linear(hidden, outs))));

    private static KindSample Indices(Draw d, nn.Module module, long[] shape) => ModuleKind.Sample(d, module, randint(0, 9, shape, int64));
}
