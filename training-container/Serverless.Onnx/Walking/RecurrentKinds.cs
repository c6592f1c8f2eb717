using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Recurrent layers; a first state that is not given is zero.</summary>
internal static class RecurrentKinds
{
    private const long Float = 6; // torch's number of 32-bit floating point

    public static IEnumerable<(string Kind, WalkRule Rule)> All()
    {
        yield return ("LSTM", module => Write(module, "aten::lstm", 2));
        yield return ("GRU", module => Write(module, "aten::gru", 1));
        yield return ("RNN", module => Write(module, module.Text("nonlinearity") switch { "tanh" => "aten::rnn_tanh", "relu" => "aten::rnn_relu", var other => throw module.Refuse($"its nonlinearity '{other}' is not known", "Use tanh or relu.") }, 1));
    }

    private static IReadOnlyList<WalkedValue> Write(WalkedModule module, string name, int states)
    {
        var (layers, both, batchFirst) = (module.Int("num_layers"), module.Flag("bidirectional"), module.Flag("batch_first"));
        if (module.Inputs.Count != 1 && module.Inputs.Count != 1 + states)
            throw module.Refuse($"{module.Inputs.Count} values go in; it takes 1, or {1 + states} with the first state", "Give the sequence, with or without the first state.");
        var (x, directions) = (module.Inputs[0], both ? 2 : 1);
        if (x.Rank != 3)
            throw module.Refuse($"a value of {x.Rank} dimensions goes in; it takes 3", "Give sequences in a batch.");
        var biases = module.WeightNames.Any(weight => weight.StartsWith("bias_", StringComparison.Ordinal));
        List<WalkedValue> weights = [];
        for (var layer = 0; layer < layers; layer++)
            foreach (var suffix in both ? new[] { "", "_reverse" } : [""])
                foreach (var part in biases ? new[] { "weight_ih", "weight_hh", "bias_ih", "bias_hh" } : ["weight_ih", "weight_hh"])
                    weights.Add(module.Weight($"{part}_l{layer}{suffix}"));
        var hidden = weights[1].Shape[1];
        long[] state = [layers * directions, x.Shape[batchFirst ? 0 : 1], hidden];
        List<WalkedValue> first = module.Inputs.Count > 1 ? [.. module.Inputs.Skip(1)] : [.. Enumerable.Range(0, states).Select(_ => Zeros(module, x, state))];
        var output = RecordedType.Tensor(x.Element, x.Shape[0], x.Shape[1], directions * hidden);
        return module.CallMany(name, [output, .. Enumerable.Repeat(RecordedType.Tensor(x.Element, state), states)],
            x, states == 1 ? first[0] : first, weights, RecordedConstant.Of(biases), RecordedConstant.Of(layers), RecordedConstant.Of(0.0), RecordedConstant.Of(false), RecordedConstant.Of(both), RecordedConstant.Of(batchFirst));
    }

    private static WalkedValue Zeros(WalkedModule module, WalkedValue x, IReadOnlyList<long> shape) =>
        module.Call("aten::zeros", x.Element, shape, WalkedModule.List(shape), RecordedConstant.Of(Float), null, null, null);
}
