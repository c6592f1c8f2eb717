using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Recurrent layers: torch has one operator for all layers and directions, ONNX one for each layer.</summary>
internal static class RecurrentRules
{
    /// <summary>torch keeps input, forget, cell, output; ONNX input, output, forget, cell.</summary>
    private static readonly IReadOnlyList<int> LstmOrder = [0, 3, 1, 2];

    /// <summary>torch keeps reset, update, new; ONNX update, reset, hidden.</summary>
    private static readonly IReadOnlyList<int> GruOrder = [1, 0, 2];

    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::lstm", call => Write(call, "LSTM", LstmOrder, null));
        yield return ("aten::gru", call => Write(call, "GRU", GruOrder, null));
        yield return ("aten::rnn_tanh", call => Write(call, "RNN", [0], "Tanh"));
        yield return ("aten::rnn_relu", call => Write(call, "RNN", [0], "Relu"));
    }

    private static IReadOnlyList<LoweredValue> Write(LoweringCall call, string operatorName, IReadOnlyList<int> order, string? activation)
    {
        if (call.Argument(1) is TensorValue && call.Argument(3) is ListValue)
            throw call.Refuse("its input is a packed sequence", "Give the layer padded sequences [batch, steps, features], and mask what is behind the end.");
        var (layers, directions, batchFirst) = ((int)call.Int(4), call.Bool(7) ? 2 : 1, call.Bool(8));
        if (call.Bool(6) && call.Float(5) != 0)
            throw Training.Refusal(call);
        var each = call.Bool(3) ? 4 : 2;
        var weights = call.List(2);
        if (weights.Count != layers * directions * each)
            throw call.Refuse($"it has {weights.Count} weights where {layers * directions * each} are expected: it projects its output (proj_size), which ONNX cannot", "Use a Linear layer behind it in place of proj_size.");
        IReadOnlyList<GraphValue> first = operatorName == "LSTM" ? call.Tensors(1) : [call.Tensor(1)];
        var hidden = HiddenOf(call, weights[1]);
        var x = batchFirst ? call.Transpose(call.Tensor(0), [1, 0, 2]) : call.Tensor(0);
        List<IReadOnlyList<GraphValue>> last = [];
        for (var layer = 0; layer < layers; layer++)
        {
            var own = Enumerable.Range(layer * directions, directions).Select(i => (IReadOnlyList<LoweredValue>)[.. weights.Skip(i * each).Take(each)]).ToList();
            var made = Layer(call, operatorName, x, RecurrentWeights.Of(call, own, order, hidden), [.. first.Select(state => Part(call, state, layer, layers, directions))], Attributes(directions, hidden, operatorName, activation));
            x = call.Emit("Reshape", [call.Transpose(made[0], [0, 2, 1, 3]), call.Longs(0, 0, directions * hidden)]); // [steps, directions, batch, hidden] → [steps, batch, directions·hidden]
            last.Add([.. made.Skip(1)]);
        }

        return
        [
            batchFirst ? call.Transpose(x, [1, 0, 2]) : x,
            .. Enumerable.Range(0, first.Count).Select(state => (LoweredValue)(layers == 1 ? last[0][state] : call.Emit("Concat", [.. last.Select(layer => (GraphValue?)layer[state])], OnnxAttribute.Of("axis", 0)))),
        ];
    }

    private static IReadOnlyList<GraphValue> Layer(LoweringCall call, string operatorName, GraphValue x, RecurrentWeights weights, IReadOnlyList<GraphValue?> first, IReadOnlyList<OnnxAttribute> attributes)
    {
        var element = call.Element(0);
        var made = call.EmitMany(operatorName, [x, weights.Input, weights.Hidden, weights.Bias, null, .. first], 1 + first.Count, attributes);
        return [.. made.Select((value, i) => value with { Type = new(element, [.. Enumerable.Repeat(Dimension.Unknown, i == 0 ? 4 : 3)]) })];
    }

    private static IReadOnlyList<OnnxAttribute> Attributes(int directions, long hidden, string operatorName, string? activation)
    {
        List<OnnxAttribute> attributes = [OnnxAttribute.Of("hidden_size", hidden), OnnxAttribute.Of("direction", directions == 2 ? "bidirectional" : "forward")];
        if (operatorName == "GRU")
            attributes.Add(OnnxAttribute.Of("linear_before_reset", 1));
        if (activation is not null)
            attributes.Add(OnnxAttribute.Of("activations", [.. Enumerable.Repeat(activation, directions)]));
        return attributes;
    }

    /// <summary>A layer's part of a first state [layers·directions, batch, hidden].</summary>
    private static GraphValue? Part(LoweringCall call, GraphValue state, int layer, int layers, int directions) =>
        layers == 1 ? state : call.Slice(state, 0, layer * directions, (layer + 1) * directions);

    private static long HiddenOf(LoweringCall call, LoweredValue weight) =>
        weight is TensorValue { Type.Sizes: [_, { Constant: { } hidden }] } ? hidden : throw call.Refuse("the size of its state is not fixed", "Use weights of fixed size.");
}
