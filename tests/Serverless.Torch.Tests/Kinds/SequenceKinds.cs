using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

internal static class SequenceKinds
{
    private const string Group = "Recurrent and attention";
    private const string Batch = "batch";
    private const string Sequence = "sequence";

    public static IEnumerable<ModuleKind> All()
    {
        yield return Recurrent("RNN", (d, first) => nn.RNN(3, d.Whole("hidden", 1, 5), d.Whole("layers", 1, 3), d.Of("nonlinearity", nn.NonLinearities.Tanh, nn.NonLinearities.ReLU), d.Flag("bias"), first, 0, d.Flag("bidirectional")));
        yield return Recurrent("LSTM", (d, first) => nn.LSTM(3, d.Whole("hidden", 1, 5), d.Whole("layers", 1, 3), d.Flag("bias"), first, 0, d.Flag("bidirectional")));
        yield return Recurrent("GRU", (d, first) => nn.GRU(3, d.Whole("hidden", 1, 5), d.Whole("layers", 1, 3), d.Flag("bias"), first, 0, d.Flag("bidirectional")));
        yield return new("RNNCell", Group, d => ModuleKind.Sample(d, nn.RNNCell(3, d.Whole("hidden", 4, 4), d.Of("nonlinearity", nn.NonLinearities.Tanh, nn.NonLinearities.ReLU), d.Flag("bias")), randn(2, 3), randn(2, 4)));
        yield return new("LSTMCell", Group, d =>
        {
            var cell = nn.LSTMCell(3, d.Whole("hidden", 4, 4), d.Flag("bias"));
            return ModuleKind.Sample(d, cell, randn(2, 3), randn(2, 4), randn(2, 4)) with
            {
                Options = new() { InputNames = ["input", "hidden", "cell"] },
                Call = given => cell.call(given[0], (given[1], given[2])) is var (h, c) ? [h, c] : [],
            };
        });
        yield return new("GRUCell", Group, d => ModuleKind.Sample(d, nn.GRUCell(3, d.Whole("hidden", 4, 4), d.Flag("bias")), randn(2, 3), randn(2, 4)));
        yield return new("MultiheadAttention", Group, d => ModuleKind.Axes(
            ModuleKind.Sample(d, nn.MultiheadAttention(8, d.Of("heads", 1L, 2L, 4L), 0, d.Flag("bias"), d.Flag("bias kv"), d.Flag("zero attention")), randn(5, 2, 8), randn(6, 2, 8), randn(6, 2, 8)),
            ("query", [(1, Batch)]), ("key", [(1, Batch)]), ("value", [(1, Batch)])));
        yield return Encoder("TransformerEncoderLayer", d => nn.TransformerEncoderLayer(8, d.Of("heads", 1L, 2L, 4L), d.Whole("inner", 4, 12), 0.1, d.Of("activation", nn.Activations.ReLU, nn.Activations.GELU)));
        yield return Encoder("TransformerEncoder", d => nn.TransformerEncoder(nn.TransformerEncoderLayer(8, d.Of("heads", 1L, 2L, 4L), 12, 0.1, d.Of("activation", nn.Activations.ReLU, nn.Activations.GELU)), d.Whole("layers", 1, 3)));
        yield return Decoder("TransformerDecoderLayer", d => nn.TransformerDecoderLayer(8, d.Of("heads", 1L, 2L, 4L), d.Whole("inner", 4, 12), 0.1, d.Of("activation", nn.Activations.ReLU, nn.Activations.GELU)));
        yield return Decoder("TransformerDecoder", d => nn.TransformerDecoder(nn.TransformerDecoderLayer(8, d.Of("heads", 1L, 2L, 4L), 12), d.Whole("layers", 1, 2)));
        yield return Decoder("Transformer", d => nn.Transformer(8, d.Of("heads", 1L, 2L, 4L), 1, 1, 12));
    }

    private static ModuleKind Recurrent(string name, Func<Draw, bool, nn.Module> module) => new(name, Group, d =>
    {
        var first = d.Flag("batch first");
        var length = d.Whole("length", 2, 6);
        return ModuleKind.Axes(ModuleKind.Sample(d, module(d, first), first ? randn(2, length, 3) : randn(length, 2, 3)), ("input", first ? [(0, Batch), (1, Sequence)] : [(0, Sequence), (1, Batch)]));
    });

    private static ModuleKind Encoder(string name, Func<Draw, nn.Module> module) => new(name, Group, d =>
        ModuleKind.Axes(ModuleKind.Sample(d, module(d), randn(d.Whole("length", 2, 6), 2, 8)), ("input", [(0, Sequence), (1, Batch)])));

    private static ModuleKind Decoder(string name, Func<Draw, nn.Module> module) => new(name, Group, d =>
        ModuleKind.Axes(ModuleKind.Sample(d, module(d), randn(d.Whole("target", 2, 6), 2, 8), randn(d.Whole("source", 2, 6), 2, 8)), ("target", [(1, Batch)]), ("source", [(1, Batch)])));
}
