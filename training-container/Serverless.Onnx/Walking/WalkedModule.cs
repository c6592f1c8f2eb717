using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>A module while it is read: what goes in, its settings, and the recording to write into. A setting that is not there is refused, never guessed.</summary>
/// <param name="description">The module.</param>
/// <param name="path">Where it stands in the network.</param>
/// <param name="inputs">What goes in.</param>
/// <param name="writer">The recording.</param>
internal sealed class WalkedModule(ModuleDescription description, string path, IReadOnlyList<WalkedValue> inputs, RecordingWriter writer)
{
    public string Kind => description.Kind;

    public IReadOnlyList<WalkedValue> Inputs => inputs;

    /// <summary>Its one input.</summary>
    public WalkedValue X => inputs.Count == 1 ? inputs[0] : throw Refuse($"{inputs.Count} values go in, and it takes one", "Join what goes in by a module of your own, and record it with the bridge.");

    public bool Has(string name) => description.Settings.TryGetValue(name, out var value) && value.Kind != ConstantKind.None;

    public RecordedConstant Setting(string name) =>
        description.Settings.TryGetValue(name, out var value) ? value : throw Refuse($"its setting '{name}' cannot be read", "Record it with the bridge, which needs no settings.");

    public long Int(string name) => Setting(name) is { Kind: ConstantKind.Int or ConstantKind.Ints, Ints: [var only] } ? only : throw Unlike(name, "one whole number");

    public double Number(string name) => Setting(name) switch
    {
        { Kind: ConstantKind.Float, Floats: [var only] } => only,
        { Kind: ConstantKind.Int, Ints: [var whole] } => whole,
        _ => throw Unlike(name, "a number"),
    };

    public bool Flag(string name) => Setting(name) is { Kind: ConstantKind.Bool, Ints: [var only] } ? only != 0 : throw Unlike(name, "true or false");

    public string Text(string name) => Setting(name) is { Kind: ConstantKind.Text } text ? text.Text : throw Unlike(name, "a text");

    /// <summary>A text, or the fallback for a setting that a library does not have.</summary>
    public string TextOr(string name, string fallback) => description.Settings.ContainsKey(name) ? Text(name) : fallback;

    /// <summary>One number for each axis; a single one stands for all, and what is left open for the fallback.</summary>
    public IReadOnlyList<long> Ints(string name, int axes, IReadOnlyList<long>? fallback = null) => Setting(name) switch
    {
        { Kind: ConstantKind.None } when fallback is not null => fallback,
        { Kind: ConstantKind.Int or ConstantKind.Ints, Ints: { Count: var count } ints } when count == axes || count == 1 => count == axes ? ints : [.. Enumerable.Repeat(ints[0], axes)],
        _ => throw Unlike(name, $"{axes} whole numbers"),
    };

    public WalkedValue Weight(string name) => WeightOrNone(name) ?? throw Refuse($"its weight '{name}' is not there", "Give the module all its weights.");

    public WalkedValue? WeightOrNone(string name) => description.Weights.TryGetValue(name, out var data) ? writer.Weight(path.Length == 0 ? name : $"{path}.{name}", data) : null;

    public IReadOnlyList<string> WeightNames => [.. description.Weights.Keys];

    /// <summary>An operator with one output of the type of its first argument and these sizes.</summary>
    public WalkedValue Call(string name, IReadOnlyList<long> shape, params IReadOnlyList<object?> arguments) => Call(name, ((WalkedValue)arguments[0]!).Element, shape, arguments);

    public WalkedValue Call(string name, ElementType element, IReadOnlyList<long> shape, params IReadOnlyList<object?> arguments) => CallMany(name, [RecordedType.Tensor(element, shape)], arguments)[0];

    public IReadOnlyList<WalkedValue> CallMany(string name, IReadOnlyList<RecordedType> outputs, params IReadOnlyList<object?> arguments) => writer.Call(name, path, arguments, outputs);

    public int Axis(string name, int rank) => Int(name) is var axis && axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw Refuse($"its setting '{name}' is {axis}, outside a tensor of {rank} dimensions", $"Use an axis from {-rank} to {rank - 1}.");

    public static RecordedConstant List(IReadOnlyList<long> values) => new() { Kind = ConstantKind.Ints, Ints = values };

    public WalkException Refuse(string what, string cure) => new(what, cure);

    private WalkException Unlike(string name, string wanted) => Refuse($"its setting '{name}' is {Setting(name)}, where {wanted} is expected", "Record it with the bridge, which needs no settings.");
}
