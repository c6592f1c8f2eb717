using Serverless.Onnx.Building;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Shaping;

/// <summary>Axes in another order.</summary>
internal static class OrderLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "permute", "permute_" })
            yield return ($"aten::{name}", call => [Permuted(call, call.Axes(1, call.Rank(0)))]);
        foreach (var name in new[] { "transpose", "transpose_", "swapaxes", "swapdims", "swapaxes_", "swapdims_" })
            yield return ($"aten::{name}", call => [Swapped(call, call.Axis(1, call.Rank(0)), call.Axis(2, call.Rank(0)))]);
        foreach (var name in new[] { "t", "t_" })
            yield return ($"aten::{name}", call => [call.Rank(0) < 2 ? call.Same(0) : Swapped(call, 0, 1)]);
        foreach (var name in new[] { "mT", "mH", "adjoint" })
            yield return ($"aten::{name}", call => [Swapped(call, call.Rank(0) - 2, call.Rank(0) - 1)]);
        foreach (var name in new[] { "numpy_T", "T" })
            yield return ($"aten::{name}", call => [Permuted(call, [.. Enumerable.Range(0, call.Rank(0)).Reverse()])]);
        foreach (var name in new[] { "movedim", "moveaxis" })
            yield return ($"aten::{name}", Moved);
    }

    private static LoweredValue Swapped(LoweringCall call, int left, int right)
    {
        int[] order = [.. Enumerable.Range(0, call.Rank(0))];
        if (order.Length == 0)
            return call.Same(0);
        (order[left], order[right]) = (order[right], order[left]);
        return Permuted(call, order);
    }

    private static LoweredValue Permuted(LoweringCall call, IReadOnlyList<int> order)
    {
        if (order.Select((axis, i) => axis == i).All(same => same))
            return call.Same(0);
        int[] back = [.. Enumerable.Range(0, order.Count).OrderBy(i => order[i])];
        return call.Argument(0) is TensorValue tensor
            ? new ViewValue(tensor, new(Read, (_, written) => call.Transpose(written, back)) { IsMatrixTransposition = order.Count == 2 })
            : Read(call.Tensor(0));

        GraphValue Read(GraphValue value) => call.Transpose(value, order);
    }

    private static IReadOnlyList<LoweredValue> Moved(LoweringCall call)
    {
        var rank = call.Rank(0);
        var (from, to) = (call.Axes(1, rank), call.Axes(2, rank));
        var order = new int[rank];
        Array.Fill(order, -1);
        for (var i = 0; i < from.Count; i++)
            order[to[i]] = from[i];
        var rest = new Queue<int>(Enumerable.Range(0, rank).Except(from));
        return [Permuted(call, [.. order.Select(axis => axis < 0 ? rest.Dequeue() : axis)])];
    }
}
