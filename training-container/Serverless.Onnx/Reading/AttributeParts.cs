using System.Runtime.InteropServices;
using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Reading;

/// <summary>What was found of an attribute so far. Old files do not say its kind: then it is the kind of what was found.</summary>
internal sealed class AttributeParts
{
    private AttributeKind seen;
    private bool several;

    public string Name { get; set; } = "";

    public string Refers { get; set; } = "";

    public AttributeKind? Said { get; set; }

    public float Float { get; set; }

    public long Int { get; set; }

    public ReadOnlyMemory<byte> Bytes { get; set; }

    public List<ReadOnlyMemory<byte>> Floats { get; } = [];

    public List<long> Ints { get; } = [];

    public List<ReadOnlyMemory<byte>> Strings { get; } = [];

    public List<OnnxTensor> Tensors { get; } = [];

    public List<OnnxSparseTensor> SparseTensors { get; } = [];

    public List<OnnxGraph> Graphs { get; } = [];

    public List<ReadOnlyMemory<byte>> Types { get; } = [];

    public void Saw(AttributeKind kind)
    {
        several |= seen != AttributeKind.Undefined && seen != kind;
        seen = kind;
    }

    public OnnxAttribute ToAttribute(string place)
    {
        var kind = Said ?? seen;
        if (several || (seen != AttributeKind.Undefined && seen != kind))
            throw Wrong(place, $"the attribute '{Name}' says that it is {kind} and holds {(several ? "several kinds" : seen)}");
        var singles = kind switch
        {
            AttributeKind.Tensor => Tensors.Count,
            AttributeKind.SparseTensor => SparseTensors.Count,
            AttributeKind.Graph => Graphs.Count,
            AttributeKind.Type => Types.Count,
            _ => 1,
        };
        if (singles != 1 && Refers.Length == 0)
            throw Wrong(place, $"the attribute '{Name}' is {kind} and holds {singles} of it");
        return new()
        {
            Name = Name,
            Kind = kind,
            Refers = Refers,
            Float = Float,
            Int = Int,
            Bytes = Bytes,
            Floats = [.. Floats.SelectMany(part => MemoryMarshal.Cast<byte, float>(part.Span).ToArray())],
            Ints = Ints,
            Strings = Strings,
            Tensors = Tensors,
            SparseTensors = SparseTensors,
            Graphs = Graphs,
            Types = Types,
        };
    }

    private static MalformedModelException Wrong(string place, string what) => new(OnnxFindingCode.Malformed, place, what, "The file is damaged, or its exporter is wrong. Export it again.");
}
