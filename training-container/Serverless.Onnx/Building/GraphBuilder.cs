using Serverless.Onnx.Graphs;
using Serverless.Onnx.Operators;
using Serverless.Onnx.Shapes;

namespace Serverless.Onnx.Building;

/// <summary>
/// Builds a graph node by node. Types and shapes are followed as it grows, so that what does not fit fails at the line that wrote it. Names that are not given are made
/// from the operator and made unique; the same calls give the same model.
/// </summary>
/// <param name="name">The graph's name.</param>
/// <param name="opset">The version of ai.onnx.</param>
/// <param name="machineLearningOpset">The version of ai.onnx.ml; it is imported only when an operator of it is used.</param>
public sealed class GraphBuilder(string name, int opset = 17, int machineLearningOpset = 3)
{
    private readonly List<OnnxValue> inputs = [];
    private readonly List<OnnxValue> outputs = [];
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> initializers = [];
    private readonly Dictionary<string, OnnxTensor> constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Keeps names free for outputs that are made later.</summary>
    public void Reserve(params ReadOnlySpan<string> reserved)
    {
        foreach (var each in reserved)
            Take(each);
    }

    /// <summary>Adds an input that a caller gives.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public GraphValue Input(string inputName, ElementType element, params ReadOnlySpan<Dimension> shape)
    {
        var type = TensorType.Of(element, shape);
        Take(inputName);
        inputs.Add(new(inputName, type));
        return new(inputName, type);
    }

    /// <summary>Adds a constant.</summary>
    /// <param name="wish">The name wished for; a number is added when it is taken.</param>
    /// <param name="tensor">The data.</param>
    public GraphValue Constant(string wish, OnnxTensor tensor)
    {
        var named = tensor with { Name = Fresh(wish) };
        initializers.Add(named);
        constants.Add(named.Name, named);
        return new(named.Name, named.Type);
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operatorName">The operator of ai.onnx, or of ai.onnx.ml as <c>ai.onnx.ml/LabelEncoder</c>.</param>
    /// <param name="operands">The inputs; null for an optional one that is left out.</param>
    /// <param name="attributes">The attributes.</param>
    /// <param name="output">The name of the output; null: one is made. A reserved name is used as it is.</param>
    /// <exception cref="ArgumentException">The operator is not known, or the inputs do not fit it.</exception>
    public GraphValue Node(string operatorName, IReadOnlyList<GraphValue?> operands, IReadOnlyList<OnnxAttribute>? attributes = null, string? output = null) =>
        Node(operatorName, operands, 1, attributes, output is null ? null : [output])[0];

    /// <summary>Adds a node with several outputs.</summary>
    /// <inheritdoc cref="Node(string, IReadOnlyList{GraphValue?}, IReadOnlyList{OnnxAttribute}?, string?)"/>
    public IReadOnlyList<GraphValue> Node(string operatorName, IReadOnlyList<GraphValue?> operands, int outputCount, IReadOnlyList<OnnxAttribute>? attributes = null, IReadOnlyList<string>? outputNames = null)
    {
        var (domain, simple) = operatorName.Split('/') is [var before, var after] ? (before, after) : ("", operatorName);
        if (OperatorTable.Find(domain, simple, domain.Length == 0 ? opset : machineLearningOpset) is not OperatorStanding.Known and var standing)
            throw new ArgumentException($"'{operatorName}' is {Say(standing)} in version {(domain.Length == 0 ? opset : machineLearningOpset)} of {OpsetImport.Shown(domain)}. Use another operator or another version.", nameof(operatorName));
        var node = new OnnxNode
        {
            Operator = simple,
            Domain = domain,
            Name = Fresh("node:" + simple),
            Inputs = [.. operands.Take(operands.Count - operands.Reverse().TakeWhile(value => value is null).Count()).Select(value => value?.Name ?? "")], // ONNX Runtime 1.30 crashes on a last input without a name
            Outputs = outputNames ?? [.. Enumerable.Range(0, outputCount).Select(_ => Fresh(simple))],
            Attributes = attributes ?? [],
        };
        var types = Infer(node, operands, outputCount);
        nodes.Add(node);
        return [.. node.Outputs.Select((each, i) => new GraphValue(each, types[i]))];
    }

    /// <summary>Makes a value an output.</summary>
    /// <param name="value">The value; its name is the output's.</param>
    /// <param name="type">Its type; null: the one that was followed to it.</param>
    public void Output(GraphValue value, TensorType? type = null) =>
        outputs.Add(new(value.Name, type ?? value.Type ?? throw new ArgumentException($"The type of '{value.Name}' is not known. Say it.", nameof(type))));

    /// <summary>The graph alone, for the attribute of an <c>If</c> or a <c>Loop</c>.</summary>
    public OnnxGraph ToGraph() => new() { Name = name, Inputs = [.. inputs], Outputs = [.. outputs], Nodes = [.. nodes], Initializers = [.. initializers] };

    /// <summary>The model.</summary>
    /// <param name="producer">The program that writes it.</param>
    /// <param name="producerVersion">That program's version.</param>
    /// <param name="metadata">Key and value pairs.</param>
    public OnnxModel ToModel(string producer, string producerVersion, params IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        List<OpsetImport> opsets = [new(OpsetImport.Main, opset)];
        if (nodes.Any(node => node.Domain == OpsetImport.MachineLearning))
            opsets.Add(new(OpsetImport.MachineLearning, machineLearningOpset));
        return new()
        {
            IrVersion = FormatVersions.IrFor(opset),
            Opsets = opsets,
            ProducerName = producer,
            ProducerVersion = producerVersion,
            Graph = ToGraph(),
            Metadata = metadata,
        };
    }

    private TensorType?[] Infer(OnnxNode node, IReadOnlyList<GraphValue?> operands, int outputCount)
    {
        if (OperatorRules.Find(node.Domain, node.Operator) is not { } rule)
            return new TensorType?[outputCount];
        var types = new NodeTypes(node, [.. operands.Select(value => value?.Type)], constants.GetValueOrDefault);
        var found = OperatorRules.Infer(rule, types);
        if (types.Wrongs.Count > 0)
            throw new ArgumentException($"{node.Operator} does not fit: {string.Join("; ", types.Wrongs.Select(wrong => $"{wrong.What}. {wrong.Cure}"))}");
        return found;
    }

    private static string Say(OperatorStanding standing) => standing == OperatorStanding.Deprecated ? "deprecated" : standing == OperatorStanding.TooNew ? "not yet there" : "not known";

    private void Take(string wanted)
    {
        if (!names.Add(wanted))
            throw new ArgumentException($"The name '{wanted}' is taken in this graph. Give every value a name of its own.", nameof(wanted));
    }

    private string Fresh(string wish)
    {
        var chosen = wish;
        for (var i = 1; !names.Add(chosen); i++)
            chosen = $"{wish}_{i}";
        return chosen;
    }
}
