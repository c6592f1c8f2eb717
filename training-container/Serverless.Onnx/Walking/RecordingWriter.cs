using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Writes a recording operator by operator, as libtorch's recorder would have.</summary>
internal sealed class RecordingWriter
{
    private readonly List<RecordedInput> inputs = [];
    private readonly List<RecordedNode> nodes = [];
    private int next;

    public WalkedValue Input(WalkedInput input)
    {
        inputs.Add(new(next, input.Name, RecordedRole.Input, RecordedType.Tensor(input.Element, input.Shape)));
        return new(next++, input.Element, input.Shape);
    }

    /// <summary>A parameter; what the network does not learn (<c>running_…</c>) is a buffer.</summary>
    public WalkedValue Weight(string path, OnnxTensor data)
    {
        var role = path.Split('.')[^1].StartsWith("running_", StringComparison.Ordinal) ? RecordedRole.Buffer : RecordedRole.Parameter;
        inputs.Add(new(next, path, role, RecordedType.Tensor(data.Element, data.Dims)) { Data = data with { Name = path } });
        return new(next++, data.Element, data.Dims);
    }

    /// <summary>An operator.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope">The module that calls it.</param>
    /// <param name="arguments">Values, constants, or lists of values.</param>
    /// <param name="outputs">The types of its outputs.</param>
    public IReadOnlyList<WalkedValue> Call(string name, string scope, IReadOnlyList<object?> arguments, IReadOnlyList<RecordedType> outputs)
    {
        int[] ids = [.. arguments.Select(Argument)];
        List<RecordedValue> made = [.. outputs.Select(type => new RecordedValue(next++, type))];
        nodes.Add(new() { Operator = name, Inputs = ids, Outputs = made, Scope = scope });
        return [.. made.Select(value => new WalkedValue(value.Id, value.Type.Element, value.Type.Shape))];
    }

    public RecordedGraph ToGraph(IReadOnlyList<WalkedValue> outputs, IReadOnlyList<string> names) =>
        new() { Inputs = inputs, Nodes = nodes, Outputs = [.. outputs.Zip(names, (output, name) => new RecordedOutput(output.Id, name))] };

    private int Argument(object? argument) => argument switch
    {
        WalkedValue value => value.Id,
        RecordedConstant constant => Constant(constant),
        IReadOnlyList<WalkedValue> list => List(list),
        null => Constant(RecordedConstant.None),
        _ => throw new ArgumentOutOfRangeException(nameof(argument), argument, "Give a value, a constant, a list of values or null."),
    };

    private int Constant(RecordedConstant constant)
    {
        nodes.Add(new() { Operator = "prim::Constant", Outputs = [new(next, RecordedType.Of(RecordedKind.Other))], Constant = constant });
        return next++;
    }

    private int List(IReadOnlyList<WalkedValue> values)
    {
        nodes.Add(new() { Operator = "prim::ListConstruct", Inputs = [.. values.Select(value => value.Id)], Outputs = [new(next, RecordedType.Of(RecordedKind.List))] });
        return next++;
    }
}
