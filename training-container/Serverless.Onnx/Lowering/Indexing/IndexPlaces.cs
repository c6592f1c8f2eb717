using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Indexing;

/// <summary>
/// A list of indices as <c>x[i, :, j]</c> gives it: tensors at some axes, nothing at others. ONNX indexes the first axes, so the tensor's indexed axes go to the front and the result's go back
/// (libtorch, aten/src/ATen/native/TensorAdvancedIndexing.cpp: to where the indices stood when they stood together, else to the front).
/// </summary>
internal sealed class IndexPlaces
{
    private IndexPlaces()
    {
    }

    /// <summary>The only index, when it is a mask; then nothing else is set.</summary>
    public GraphValue? Mask { get; private init; }

    /// <summary>The axes that are indexed.</summary>
    public IReadOnlyList<int> Axes { get; private init; } = [];

    /// <summary>The axis that the mask begins at, and how many it covers.</summary>
    public (int First, int Count) MaskAxes { get; private init; }

    /// <summary>The indices, one tensor for each axis.</summary>
    public IReadOnlyList<GraphValue> Indices { get; private init; } = [];

    /// <summary>The sizes that the indices have together.</summary>
    public IReadOnlyList<SizeExpression> Sizes { get; private init; } = [];

    /// <summary>The tensor's axes with the indexed ones first.</summary>
    public IReadOnlyList<int> Order { get; private init; } = [];

    /// <summary>The result's axes, from indices first to where they belong.</summary>
    public IReadOnlyList<int> ResultOrder { get; private init; } = [];

    /// <summary>From the result back to indices first.</summary>
    public IReadOnlyList<int> IndicesFirst => [.. Enumerable.Range(0, ResultOrder.Count).OrderBy(i => ResultOrder[i])];

    public static IndexPlaces Read(LoweringCall call, int argument)
    {
        var rank = call.Rank(0);
        var items = call.List(argument);
        List<(int Axis, TensorValue Index)> given = [];
        for (var i = 0; i < items.Count; i++)
            if (items[i] is TensorValue index)
                given.Add((i, index));
            else if (items[i] is not NoneValue)
                throw call.Refuse($"index {i} is no tensor", "Index with tensors, numbers and slices.");
        if (given.Count == 0 || items.Count > rank)
            throw call.Refuse($"it indexes {items.Count} axes of a tensor of {rank} dimensions by {given.Count} tensors", "Record the network again.");
        if (given.Any(each => each.Index.Type.Element is ElementType.Bool or ElementType.UInt8))
            return given.Count == 1
                ? new() { Mask = call.Cast(given[0].Index.Read(), ElementType.Bool), MaskAxes = (given[0].Axis, given[0].Index.Type.Rank) }
                : throw call.Refuse("it indexes by a mask together with other indices", "Use where() with the mask, and index alone.");
        return Of(call, rank, [.. given.Select(each => each.Axis)], [.. given.Select(each => each.Index)]);
    }

    /// <summary>The indices as one tensor whose last axis names the places, as GatherND and ScatterND take them.</summary>
    public GraphValue Stacked(LoweringCall call) =>
        call.Emit("Concat", [.. Indices.Select(index => call.Unsqueeze(call.Emit("Expand", [index, call.ShapeOf(Sizes)]), -1))], OnnxAttribute.Of("axis", -1));

    private static IndexPlaces Of(LoweringCall call, int rank, IReadOnlyList<int> axes, IReadOnlyList<TensorValue> tensors)
    {
        List<SizeExpression> sizes = [];
        foreach (var tensor in tensors)
            sizes = Together(sizes, tensor.Type.Sizes);
        int[] order = [.. axes, .. Enumerable.Range(0, rank).Except(axes)];
        var adjacent = axes[^1] - axes[0] == axes.Count - 1;
        var before = adjacent ? axes[0] : 0;
        var total = sizes.Count + rank - axes.Count;
        int[] result = [.. Enumerable.Range(sizes.Count, before), .. Enumerable.Range(0, sizes.Count), .. Enumerable.Range(sizes.Count + before, total - sizes.Count - before)];
        return new() { Axes = axes, Indices = [.. tensors.Select(tensor => call.Cast(tensor.Read(), ElementType.Int64))], Sizes = sizes, Order = order, ResultOrder = result };
    }

    private static List<SizeExpression> Together(IReadOnlyList<SizeExpression> left, IReadOnlyList<SizeExpression> right)
    {
        List<SizeExpression> sizes = [];
        for (var back = Math.Max(left.Count, right.Count); back >= 1; back--)
        {
            var (a, b) = (back <= left.Count ? left[^back] : 1, back <= right.Count ? right[^back] : 1);
            sizes.Add(a.Constant == 1 ? b : a);
        }

        return sizes;
    }
}
