using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Weights of a recurrent layer as ONNX wants them: gates in another order, directions stacked, both biases in one.</summary>
/// <param name="Input">For the input: [directions, gates·hidden, inputs].</param>
/// <param name="Hidden">For the state: [directions, gates·hidden, hidden].</param>
/// <param name="Bias">Both biases: [directions, 2·gates·hidden]; null when there are none.</param>
internal sealed record RecurrentWeights(GraphValue Input, GraphValue Hidden, GraphValue? Bias)
{
    /// <summary>Takes a layer's weights out of torch's list.</summary>
    /// <param name="call">The operator.</param>
    /// <param name="weights">For each direction: input, state and, when there are biases, one for each.</param>
    /// <param name="order">torch's gate for each gate of ONNX.</param>
    /// <param name="hidden">The size of the state.</param>
    public static RecurrentWeights Of(LoweringCall call, IReadOnlyList<IReadOnlyList<LoweredValue>> weights, IReadOnlyList<int> order, long hidden)
    {
        var input = Stack(call, [.. weights.Select(direction => Sorted(call, direction[0], order, hidden))]);
        var state = Stack(call, [.. weights.Select(direction => Sorted(call, direction[1], order, hidden))]);
        var bias = weights[0].Count == 2 ? null
            : Stack(call, [.. weights.Select(direction => call.Emit("Concat", [Sorted(call, direction[2], order, hidden), Sorted(call, direction[3], order, hidden)], OnnxAttribute.Of("axis", 0)))]);
        return new(input, state, bias);
    }

    /// <summary>The gates in ONNX's order. Done here when the data is at hand, so that a runtime finds weights and no work.</summary>
    private static GraphValue Sorted(LoweringCall call, LoweredValue weight, IReadOnlyList<int> order, long hidden)
    {
        var tensor = weight as TensorValue ?? throw call.Refuse("one of its weights is no tensor", "Record the network again.");
        if (order.Select((gate, i) => gate == i).All(same => same))
            return tensor.Read();
        if (tensor is { IsWhole: true, Memory.Data: { } data })
        {
            var gate = data.Data.Length / order.Count;
            var sorted = new byte[data.Data.Length];
            for (var i = 0; i < order.Count; i++)
                data.Data.Slice(order[i] * gate, gate).CopyTo(sorted.AsMemory(i * gate));
            return call.Constant(data.Name, data with { Data = sorted });
        }

        var value = tensor.Read();
        return call.Emit("Concat", [.. order.Select(gate => (GraphValue?)call.Slice(value, 0, gate * hidden, (gate + 1) * hidden))], OnnxAttribute.Of("axis", 0));
    }

    private static GraphValue Stack(LoweringCall call, IReadOnlyList<GraphValue> directions)
    {
        IReadOnlyList<GraphValue?> lifted = [.. directions.Select(direction => (GraphValue?)call.Unsqueeze(direction, 0))];
        return lifted.Count == 1 ? lifted[0]! : call.Emit("Concat", lifted, OnnxAttribute.Of("axis", 0));
    }
}
