using System.Collections.Frozen;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>The element type of each value of a graph, found from the inputs on.</summary>
internal sealed class ElementFlow
{
    private static readonly FrozenSet<string> ToBool = new[] { "Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual", "And", "Or", "Xor", "Not", "IsNaN", "IsInf" }.ToFrozenSet();
    private static readonly FrozenSet<string> ToInt64 = new[] { "Shape", "Size", "ArgMax", "ArgMin", "NonZero", "NonMaxSuppression" }.ToFrozenSet();
    private static readonly FrozenSet<string> Random = new[] { "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "EyeLike", "Bernoulli", "Multinomial" }.ToFrozenSet();
    private readonly Dictionary<string, ElementType> elements = new(StringComparer.Ordinal);

    /// <summary>Follows a graph.</summary>
    /// <exception cref="PrecisionException">It holds an operator whose outputs we cannot tell.</exception>
    public ElementFlow(OnnxGraph graph) => Follow(graph);

    /// <summary>The element type of a value; <see cref="ElementType.Undefined"/> when nothing makes it.</summary>
    public ElementType this[string name] => elements.GetValueOrDefault(name);

    /// <summary>The element type that a constant of a node has.</summary>
    public static ElementType OfConstant(OnnxNode node) => node.Attributes is not [var value] ? ElementType.Undefined : value.Kind switch
    {
        AttributeKind.Tensor => value.Tensors[0].Element,
        AttributeKind.SparseTensor => value.SparseTensors[0].Values.Element,
        AttributeKind.Float or AttributeKind.Floats => ElementType.Float,
        AttributeKind.Int or AttributeKind.Ints => ElementType.Int64,
        AttributeKind.String or AttributeKind.Strings => ElementType.String,
        _ => ElementType.Undefined,
    };

    private void Follow(OnnxGraph graph)
    {
        foreach (var input in graph.Inputs)
            elements[input.Name] = (input.Type as TensorType)?.Element ?? ElementType.Undefined;
        foreach (var tensor in graph.Initializers)
            elements[tensor.Name] = tensor.Element;
        foreach (var tensor in graph.SparseInitializers)
            elements[tensor.Values.Name] = tensor.Values.Element;
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.Outputs.Count; i++)
                elements[node.Outputs[i]] = Of(node, i);
        }
    }

    private ElementType Of(OnnxNode node, int output)
    {
        if (OpsetImport.Canonical(node.Domain) != OpsetImport.Main)
            throw new PrecisionException($"The node '{node.Name}' is {node.Domain}/{node.Operator}, whose types are not known here. Convert the model before such operators are put in, or leave it in 32 bits.");
        if (ToBool.Contains(node.Operator))
            return ElementType.Bool;
        if (ToInt64.Contains(node.Operator))
            return ElementType.Int64;
        if (Random.Contains(node.Operator))
            return (ElementType)node.IntOf("dtype", (long)(node.Inputs.Count > 0 ? In(node, 0) : ElementType.Float));
        return node.Operator switch
        {
            "If" or "Loop" or "Scan" => OfInner(node, output),
            "Cast" => (ElementType)node.IntOf("to", 0),
            "Constant" => OfConstant(node),
            "ConstantOfShape" => node.Attribute("value")?.Tensors.FirstOrDefault()?.Element ?? ElementType.Float,
            "Where" or "CastLike" => In(node, 1),
            "OneHot" => In(node, 2),
            "HannWindow" or "HammingWindow" or "BlackmanWindow" => (ElementType)node.IntOf("output_datatype", (long)ElementType.Float),
            "TopK" or "MaxPool" or "Unique" when output > 0 => ElementType.Int64,
            "Dropout" when output > 0 => ElementType.Bool,
            "QuantizeLinear" => node.Inputs.Count > 2 ? In(node, 2) : ElementType.UInt8,
            "DequantizeLinear" => In(node, 1),
            "DynamicQuantizeLinear" => output == 1 ? ElementType.Float : ElementType.UInt8,
            "MatMulInteger" or "ConvInteger" => ElementType.Int32,
            "QLinearMatMul" or "QLinearConv" => In(node, 7),
            _ => In(node, 0),
        };
    }

    private ElementType OfInner(OnnxNode node, int output)
    {
        var graphs = node.Attributes.SelectMany(attribute => attribute.Graphs).ToList();
        foreach (var graph in graphs)
            Follow(graph);
        var skipped = node.Operator == "Loop" ? 1 : 0; // a loop's body gives its condition first
        var made = graphs is [var first, ..] && output + skipped < first.Outputs.Count ? first.Outputs[output + skipped] : null;
        return made is null ? ElementType.Undefined : (made.Type as TensorType)?.Element ?? this[made.Name];
    }

    private ElementType In(OnnxNode node, int index) => index < node.Inputs.Count ? this[node.Inputs[index]] : ElementType.Undefined;
}
