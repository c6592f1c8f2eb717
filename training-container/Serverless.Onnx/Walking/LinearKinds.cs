using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Products with weights, lookups, and comparisons of vectors.</summary>
internal static class LinearKinds
{
    public static IEnumerable<(string Kind, WalkRule Rule)> All()
    {
        yield return ("Linear", module => [Linear(module)]);
        yield return ("Bilinear", module => [Bilinear(module)]);
        yield return ("Embedding", module => [Embedding(module)]);
        yield return ("CosineSimilarity", module => [Cosine(module)]);
        yield return ("PairwiseDistance", module => [Pairwise(module)]);
    }

    private static WalkedValue Linear(WalkedModule module)
    {
        var weight = module.Weight("weight");
        return module.Call("aten::linear", [.. module.X.Shape.SkipLast(1), weight.Shape[0]], module.X, weight, module.WeightOrNone("bias"));
    }

    private static WalkedValue Bilinear(WalkedModule module)
    {
        var ((left, right), weight) = (Two(module), module.Weight("weight"));
        return module.Call("aten::bilinear", [.. left.Shape.SkipLast(1), weight.Shape[0]], left, right, weight, module.WeightOrNone("bias"));
    }

    private static WalkedValue Embedding(WalkedModule module)
    {
        var (weight, places) = (module.Weight("weight"), module.X);
        if (places.Element is not (ElementType.Int64 or ElementType.Int32))
            throw module.Refuse($"it looks up {places.Element} values; it takes whole numbers", "Give an input of 64-bit integers.");
        return module.Call("aten::embedding", [.. places.Shape, weight.Shape[1]], weight, places, RecordedConstant.Of(-1L), RecordedConstant.Of(false), RecordedConstant.Of(false));
    }

    private static WalkedValue Cosine(WalkedModule module)
    {
        var (left, right) = Two(module);
        var axis = module.Axis("dim", left.Rank);
        return module.Call("aten::cosine_similarity", [.. left.Shape.Where((_, i) => i != axis)], left, right, RecordedConstant.Of((long)axis), RecordedConstant.Of(module.Number("eps")));
    }

    private static WalkedValue Pairwise(WalkedModule module)
    {
        var ((left, right), keep) = (Two(module), module.Flag("keepdim"));
        return module.Call("aten::pairwise_distance", keep ? [.. left.Shape.SkipLast(1), 1] : [.. left.Shape.SkipLast(1)], left, right, RecordedConstant.Of(module.Number("norm")), RecordedConstant.Of(module.Number("eps")), RecordedConstant.Of(keep));
    }

    private static (WalkedValue Left, WalkedValue Right) Two(WalkedModule module) =>
        module.Inputs is [var left, var right] && left.Shape.SequenceEqual(right.Shape) || (module.Kind == "Bilinear" && module.Inputs.Count == 2)
            ? (module.Inputs[0], module.Inputs[1])
            : throw module.Refuse($"it takes two inputs of one shape, and got {module.Inputs.Count}", "Export with the bridge, which records what goes where.");
}
