using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Writing;

/// <summary>
/// Writes models in ONNX's protobuf form. The messages are declared here by their published field numbers (onnx/onnx.proto), each beside its value. Data is
/// inside; <see cref="ModelFiles"/> puts what is too much for one file beside it. The same model gives the same bytes on every machine.
/// </summary>
public static class ModelWriter
{
    private const long Outside = 1; // TensorProto.DataLocation.EXTERNAL

    /// <summary>Writes a model.</summary>
    /// <exception cref="InvalidOperationException">It is larger than 2 GiB, or a tensor's data lies outside it.</exception>
    public static void Write(OnnxModel model, Stream target)
    {
        if (model.Graph.Initializers.FirstOrDefault(tensor => tensor.External is not null) is { } outside)
            throw new InvalidOperationException($"The data of the tensor '{outside.Name}' lies outside the model. Read it in before writing: models are written whole.");
        MessageSink.Write(target, sink => Model(sink, model));
    }

    /// <summary>Writes a model some of whose weights lie in another file, which their <see cref="OnnxTensor.External"/> names.</summary>
    internal static void WriteWithoutData(OnnxModel model, Stream target) => MessageSink.Write(target, sink => Model(sink, model));

    /// <summary>The model's bytes.</summary>
    /// <inheritdoc cref="Write"/>
    public static byte[] ToBytes(OnnxModel model)
    {
        using var buffer = new MemoryStream();
        Write(model, buffer);
        return buffer.ToArray();
    }

    private static void Model(MessageSink sink, OnnxModel model)
    {
        sink.Int(1, model.IrVersion);
        sink.Text(2, model.ProducerName);
        sink.Text(3, model.ProducerVersion);
        sink.Text(4, model.Domain);
        sink.Int(5, model.ModelVersion);
        sink.Text(6, model.Doc);
        sink.Message(7, each => Graph(each, model.Graph));
        sink.Messages(8, model.Opsets, Opset);
        sink.Messages(14, model.Metadata, Pair);
        sink.Messages(25, model.Functions, Function);
    }

    private static void Graph(MessageSink sink, OnnxGraph graph)
    {
        sink.Messages(1, graph.Nodes, Node);
        sink.Text(2, graph.Name);
        sink.Messages(5, graph.Initializers, Tensor);
        sink.Text(10, graph.Doc);
        sink.Messages(11, graph.Inputs, Value);
        sink.Messages(12, graph.Outputs, Value);
        sink.Messages(13, graph.Values, Value);
        sink.Messages(15, graph.SparseInitializers, Sparse);
    }

    private static void Node(MessageSink sink, OnnxNode node)
    {
        sink.Texts(1, node.Inputs);
        sink.Texts(2, node.Outputs);
        sink.Text(3, node.Name);
        sink.Text(4, node.Operator);
        sink.Messages(5, node.Attributes, Attribute);
        sink.Text(7, node.Domain);
    }

    private static void Attribute(MessageSink sink, OnnxAttribute attribute)
    {
        sink.Text(1, attribute.Name);
        if (attribute.Refers.Length == 0)
            AttributeValue(sink, attribute);
        sink.Int(20, (long)attribute.Kind);
        sink.Text(21, attribute.Refers);
    }

    private static void AttributeValue(MessageSink sink, OnnxAttribute attribute)
    {
        switch (attribute.Kind)
        {
            case AttributeKind.Float:
                sink.Float(2, attribute.Float);
                break;
            case AttributeKind.Int:
                sink.Int(3, attribute.Int, always: true);
                break;
            case AttributeKind.String:
                sink.Bytes(4, attribute.Bytes);
                break;
            case AttributeKind.Floats:
                foreach (var value in attribute.Floats)
                    sink.Float(7, value);
                break;
            case AttributeKind.Ints:
                foreach (var value in attribute.Ints)
                    sink.Int(8, value, always: true);
                break;
            case AttributeKind.Strings:
                foreach (var value in attribute.Strings)
                    sink.Bytes(9, value);
                break;
            case AttributeKind.Tensor or AttributeKind.Tensors:
                sink.Messages(attribute.Kind == AttributeKind.Tensor ? 5 : 10, attribute.Tensors, Tensor);
                break;
            case AttributeKind.Graph or AttributeKind.Graphs:
                sink.Messages(attribute.Kind == AttributeKind.Graph ? 6 : 11, attribute.Graphs, Graph);
                break;
            case AttributeKind.SparseTensor or AttributeKind.SparseTensors:
                sink.Messages(attribute.Kind == AttributeKind.SparseTensor ? 22 : 23, attribute.SparseTensors, Sparse);
                break;
            case AttributeKind.Type or AttributeKind.Types:
                foreach (var value in attribute.Types)
                    sink.Bytes(attribute.Kind == AttributeKind.Type ? 14 : 15, value);
                break;
            default:
                throw new InvalidOperationException($"The attribute '{attribute.Name}' has the kind {attribute.Kind}, which cannot be written. Make attributes with OnnxAttribute.Of.");
        }
    }

    private static void Tensor(MessageSink sink, OnnxTensor tensor)
    {
        foreach (var size in tensor.Dims)
            sink.Int(1, size, always: true);
        sink.Int(2, (long)tensor.Element);
        foreach (var text in tensor.Strings)
            sink.Bytes(6, text);
        sink.Text(8, tensor.Name);
        if (tensor.External is { } external)
        {
            sink.Messages(13, external, Pair);
            sink.Int(14, Outside);
        }
        else if (tensor.Element != ElementType.String)
            sink.Bytes(9, tensor.Data);
    }

    private static void Sparse(MessageSink sink, OnnxSparseTensor tensor)
    {
        sink.Message(1, each => Tensor(each, tensor.Values));
        sink.Message(2, each => Tensor(each, tensor.Indices));
        foreach (var size in tensor.Dims)
            sink.Int(3, size, always: true);
    }

    private static void Value(MessageSink sink, OnnxValue value)
    {
        sink.Text(1, value.Name);
        if (value.Type is OtherValueType other)
            sink.Bytes(2, other.Encoded);
        else if (value.Type is TensorType type)
            sink.Message(2, each => each.Message(1, tensor => Tensor(tensor, type)));
    }

    private static void Tensor(MessageSink sink, TensorType type)
    {
        sink.Int(1, (long)type.Element);
        if (type.Shape is { } shape)
            sink.Message(2, each => each.Messages(1, shape, Size));
    }

    private static void Size(MessageSink sink, Dimension dimension)
    {
        if (dimension.Size is { } size)
            sink.Int(1, size, always: true);
        else
            sink.Text(2, dimension.Symbol ?? "");
    }

    private static void Function(MessageSink sink, OnnxFunction function)
    {
        sink.Text(1, function.Name);
        sink.Texts(4, function.Inputs);
        sink.Texts(5, function.Outputs);
        sink.Texts(6, function.Attributes);
        sink.Messages(7, function.Nodes, Node);
        sink.Messages(9, function.Opsets, Opset);
        sink.Text(10, function.Domain);
        sink.Messages(11, function.Defaults, Attribute);
    }

    private static void Opset(MessageSink sink, OpsetImport opset)
    {
        sink.Text(1, opset.Domain);
        sink.Int(2, opset.Version);
    }

    private static void Pair(MessageSink sink, KeyValuePair<string, string> pair)
    {
        sink.Text(1, pair.Key);
        sink.Text(2, pair.Value);
    }
}
