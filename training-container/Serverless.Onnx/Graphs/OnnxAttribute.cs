using System.Text;

namespace Serverless.Onnx.Graphs;

/// <summary>An attribute of a node (<c>AttributeProto</c>). Only the member that <see cref="Kind"/> names means something.</summary>
public sealed record OnnxAttribute
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required AttributeKind Kind { get; init; }

    /// <summary>The attribute of the enclosing function that it stands for; empty outside functions.</summary>
    public string Refers { get; init; } = "";

    /// <summary>A number.</summary>
    public float Float { get; init; }

    /// <summary>An integer.</summary>
    public long Int { get; init; }

    /// <summary>Bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Several numbers.</summary>
    public IReadOnlyList<float> Floats { get; init; } = [];

    /// <summary>Several integers.</summary>
    public IReadOnlyList<long> Ints { get; init; } = [];

    /// <summary>Several texts, as bytes.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Strings { get; init; } = [];

    /// <summary>The tensor, or several.</summary>
    public IReadOnlyList<OnnxTensor> Tensors { get; init; } = [];

    /// <summary>The sparse tensor, or several.</summary>
    public IReadOnlyList<OnnxSparseTensor> SparseTensors { get; init; } = [];

    /// <summary>The graph, or several.</summary>
    public IReadOnlyList<OnnxGraph> Graphs { get; init; } = [];

    /// <summary>Types, as they were encoded.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Types { get; init; } = [];

    /// <summary>The bytes as text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>A number.</summary>
    public static OnnxAttribute Of(string name, float value) => new() { Name = name, Kind = AttributeKind.Float, Float = value };

    /// <summary>An integer.</summary>
    public static OnnxAttribute Of(string name, long value) => new() { Name = name, Kind = AttributeKind.Int, Int = value };

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new() { Name = name, Kind = AttributeKind.String, Bytes = Encoding.UTF8.GetBytes(value) };

    /// <summary>Several numbers.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<float> values) => new() { Name = name, Kind = AttributeKind.Floats, Floats = values };

    /// <summary>Several integers.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<long> values) => new() { Name = name, Kind = AttributeKind.Ints, Ints = values };

    /// <summary>Several texts.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<string> values) =>
        new() { Name = name, Kind = AttributeKind.Strings, Strings = [.. values.Select(value => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(value))] };

    /// <summary>A tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new() { Name = name, Kind = AttributeKind.Tensor, Tensors = [value] };

    /// <summary>A graph, as <c>If</c> and <c>Loop</c> take it.</summary>
    public static OnnxAttribute Of(string name, OnnxGraph value) => new() { Name = name, Kind = AttributeKind.Graph, Graphs = [value] };
}
