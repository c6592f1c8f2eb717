using System.Globalization;
using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Reading;

/// <summary>Turns messages into records. Field numbers are those of onnx/onnx.proto, the same as in the writer.</summary>
internal sealed class MessageReader(ReadBudget budget)
{
    public OnnxModel Model(ReadOnlyMemory<byte> bytes)
    {
        long ir = 0, version = 0;
        string producer = "", producerVersion = "", domain = "", doc = "";
        OnnxGraph? graph = null;
        List<OpsetImport> opsets = [];
        List<KeyValuePair<string, string>> metadata = [];
        List<OnnxFunction> functions = [];
        var fields = new WireCursor(bytes, budget, "model");
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: ir = fields.Int(); break;
                case 2: producer = fields.Text(); break;
                case 3: producerVersion = fields.Text(); break;
                case 4: domain = fields.Text(); break;
                case 5: version = fields.Int(); break;
                case 6: doc = fields.Text(); break;
                case 7: graph = graph is null ? Graph(fields.Bytes(), "graph") : throw Twice("model", "graph"); break;
                case 8: opsets.Add(Opset(fields.Bytes())); break;
                case 14: metadata.Add(Pair(fields.Bytes(), "model.metadata_props")); break;
                case 25: functions.Add(Function(fields.Bytes(), $"functions[{functions.Count}]")); break;
                default: fields.Skip(); break;
            }

        return new()
        {
            IrVersion = ir,
            Opsets = opsets,
            ProducerName = producer,
            ProducerVersion = producerVersion,
            Domain = domain,
            ModelVersion = version,
            Doc = doc,
            Graph = graph ?? throw new MalformedModelException(OnnxFindingCode.Malformed, "model", "it has no graph", "The file is damaged, or no ONNX model. Export it again."),
            Metadata = metadata,
            Functions = functions,
        };
    }

    public OnnxGraph Graph(ReadOnlyMemory<byte> bytes, string place)
    {
        budget.Enter(place);
        string name = "", doc = "";
        List<OnnxNode> nodes = [];
        List<OnnxTensor> initializers = [];
        List<OnnxSparseTensor> sparse = [];
        List<OnnxValue> inputs = [], outputs = [], values = [];
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: nodes.Add(Node(fields.Bytes(), string.Create(CultureInfo.InvariantCulture, $"{place}.node[{nodes.Count}]"))); break;
                case 2: name = fields.Text(); break;
                case 5: initializers.Add(TensorReader.Read(fields.Bytes(), budget, $"{place}.initializer[{initializers.Count}]")); break;
                case 10: doc = fields.Text(); break;
                case 11: inputs.Add(Value(fields.Bytes(), $"{place}.input[{inputs.Count}]")); break;
                case 12: outputs.Add(Value(fields.Bytes(), $"{place}.output[{outputs.Count}]")); break;
                case 13: values.Add(Value(fields.Bytes(), $"{place}.value_info[{values.Count}]")); break;
                case 15: sparse.Add(TensorReader.ReadSparse(fields.Bytes(), budget, $"{place}.sparse_initializer[{sparse.Count}]")); break;
                default: fields.Skip(); break;
            }

        budget.Leave();
        return new() { Name = name, Doc = doc, Nodes = nodes, Initializers = initializers, SparseInitializers = sparse, Inputs = inputs, Outputs = outputs, Values = values };
    }

    private OnnxNode Node(ReadOnlyMemory<byte> bytes, string place)
    {
        budget.Node(place);
        string name = "", operation = "", domain = "";
        List<string> inputs = [], outputs = [];
        List<OnnxAttribute> attributes = [];
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: inputs.Add(fields.Text()); break;
                case 2: outputs.Add(fields.Text()); break;
                case 3: name = fields.Text(); break;
                case 4: operation = fields.Text(); break;
                case 5: attributes.Add(Attribute(fields.Bytes(), $"{place}.attribute[{attributes.Count}]")); break;
                case 7: domain = fields.Text(); break;
                default: fields.Skip(); break;
            }

        return new() { Operator = operation, Domain = domain, Name = name, Inputs = inputs, Outputs = outputs, Attributes = attributes };
    }

    private OnnxAttribute Attribute(ReadOnlyMemory<byte> bytes, string place)
    {
        var found = new AttributeParts();
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: found.Name = fields.Text(); break;
                case 2: found.Float = fields.Float(); found.Saw(AttributeKind.Float); break;
                case 3: found.Int = fields.Int(); found.Saw(AttributeKind.Int); break;
                case 4: found.Bytes = fields.Bytes(); found.Saw(AttributeKind.String); break;
                case 5: found.Tensors.Add(TensorReader.Read(fields.Bytes(), budget, place)); found.Saw(AttributeKind.Tensor); break;
                case 6: found.Graphs.Add(Graph(fields.Bytes(), $"{place}.g")); found.Saw(AttributeKind.Graph); break;
                case 7: fields.Fixed(found.Floats, 4); found.Saw(AttributeKind.Floats); break;
                case 8: fields.Ints(found.Ints); found.Saw(AttributeKind.Ints); break;
                case 9: found.Strings.Add(fields.Bytes()); found.Saw(AttributeKind.Strings); break;
                case 10: found.Tensors.Add(TensorReader.Read(fields.Bytes(), budget, $"{place}.tensors[{found.Tensors.Count}]")); found.Saw(AttributeKind.Tensors); break;
                case 11: found.Graphs.Add(Graph(fields.Bytes(), $"{place}.graphs[{found.Graphs.Count}]")); found.Saw(AttributeKind.Graphs); break;
                case 14: found.Types.Add(fields.Bytes()); found.Saw(AttributeKind.Type); break;
                case 15: found.Types.Add(fields.Bytes()); found.Saw(AttributeKind.Types); break;
                case 20: found.Said = (AttributeKind)Math.Clamp(fields.Int(), -1, 1000); break;
                case 21: found.Refers = fields.Text(); break;
                case 22: found.SparseTensors.Add(TensorReader.ReadSparse(fields.Bytes(), budget, place)); found.Saw(AttributeKind.SparseTensor); break;
                case 23: found.SparseTensors.Add(TensorReader.ReadSparse(fields.Bytes(), budget, place)); found.Saw(AttributeKind.SparseTensors); break;
                default: fields.Skip(); break;
            }

        return found.ToAttribute(place);
    }

    private OnnxValue Value(ReadOnlyMemory<byte> bytes, string place)
    {
        var name = "";
        OnnxValueType? type = null;
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: name = fields.Text(); break;
                case 2: type = TypeReader.Read(fields.Bytes(), budget, place); break;
                default: fields.Skip(); break;
            }

        return new(name, type);
    }

    private OnnxFunction Function(ReadOnlyMemory<byte> bytes, string place)
    {
        budget.Enter(place);
        string name = "", domain = "";
        List<string> inputs = [], outputs = [], attributes = [];
        List<OnnxAttribute> defaults = [];
        List<OnnxNode> nodes = [];
        List<OpsetImport> opsets = [];
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: name = fields.Text(); break;
                case 4: inputs.Add(fields.Text()); break;
                case 5: outputs.Add(fields.Text()); break;
                case 6: attributes.Add(fields.Text()); break;
                case 7: nodes.Add(Node(fields.Bytes(), $"{place}.node[{nodes.Count}]")); break;
                case 9: opsets.Add(Opset(fields.Bytes())); break;
                case 10: domain = fields.Text(); break;
                case 11: defaults.Add(Attribute(fields.Bytes(), $"{place}.attribute_proto[{defaults.Count}]")); break;
                default: fields.Skip(); break;
            }

        budget.Leave();
        return new() { Domain = domain, Name = name, Inputs = inputs, Outputs = outputs, Attributes = attributes, Defaults = defaults, Nodes = nodes, Opsets = opsets };
    }

    private OpsetImport Opset(ReadOnlyMemory<byte> bytes)
    {
        var domain = "";
        long version = 0;
        var fields = new WireCursor(bytes, budget, "model.opset_import");
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: domain = fields.Text(); break;
                case 2: version = fields.Int(); break;
                default: fields.Skip(); break;
            }

        return new(domain, version);
    }

    private KeyValuePair<string, string> Pair(ReadOnlyMemory<byte> bytes, string place) => PairReader.Read(bytes, budget, place);

    private static MalformedModelException Twice(string place, string what) =>
        new(OnnxFindingCode.Malformed, place, $"it has its {what} twice", "Two files were joined, or the file is damaged. Export it again.");
}
