using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>
/// Rewrites a graph to 16 bits. Each 32-bit value of the old graph has a home: 16 bits where its node computes in them, 32 where the node is blocked. Whoever needs it in
/// the other gets one Cast, shared by all who do.
/// </summary>
internal sealed class HalfGraph
{
    private static readonly HashSet<string> AnyType = ["Shape", "Size", "Cast"];
    private static readonly OnnxTensor HalfZero = new() { Element = ElementType.Float16, Dims = [1], Data = new byte[2] };
    private readonly OnnxGraph graph;
    private readonly HalfOptions options;
    private readonly ElementFlow flow;
    private readonly FreshNames fresh;
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> initializers = [];
    private readonly Dictionary<string, string> half = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> single = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> weights = new(StringComparer.Ordinal);
    private readonly HashSet<string> outputs;
    private readonly HashSet<string> usedInHalf = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> left = new(StringComparer.Ordinal);
    private long clamped;
    private long vanished;
    private int converted;

    private HalfGraph(OnnxGraph graph, HalfOptions options)
    {
        this.graph = graph;
        this.options = options;
        flow = new(graph);
        fresh = new(graph);
        outputs = [.. graph.Outputs.Select(output => output.Name)];
    }

    public static OnnxGraph Rewrite(OnnxGraph graph, HalfOptions options, out PrecisionReport report)
    {
        var work = new HalfGraph(graph, options);
        var made = work.Rewrite();
        report = new()
        {
            BytesBefore = PrecisionReport.WeightBytes(graph),
            BytesAfter = PrecisionReport.WeightBytes(made),
            Converted = work.converted,
            Left = work.left,
            Clamped = work.clamped,
            Vanished = work.vanished,
        };
        return made;
    }

    private OnnxGraph Rewrite()
    {
        var rest = TakeConstants();
        var inputs = graph.Inputs.Select(Input).ToList();
        foreach (var node in rest.Where(node => !IsBlocked(node)))
            usedInHalf.UnionWith(node.Inputs.Where((_, i) => !StaysSingle(node, i)));
        foreach (var node in rest)
            nodes.Add(IsBlocked(node) ? Blocked(node) : Converted(node));
        foreach (var output in graph.Outputs.Where(output => IsFloat(output.Name)))
            Arrive(output.Name);
        return graph with
        {
            Inputs = inputs,
            Outputs = [.. graph.Outputs.Select(output => IsFloat(output.Name) && !options.KeepInputsAndOutputs ? InHalf(output) : output)],
            Initializers = [.. graph.Initializers.Where(tensor => !weights.ContainsKey(tensor.Name)), .. initializers],
            Nodes = nodes,
            Values = [.. graph.Values.Where(value => !IsFloat(value.Name))],
        };
    }

    /// <summary>Constants and weights are kept apart: they are converted here and not by the model each time it runs.</summary>
    private List<OnnxNode> TakeConstants()
    {
        var asked = graph.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializers.Where(tensor => tensor.Element == ElementType.Float))
        {
            if (!asked.Contains(tensor.Name))
                weights.Add(tensor.Name, tensor);
            else if (!options.KeepInputsAndOutputs)
                throw new PrecisionException($"The input '{tensor.Name}' has a default. Keep inputs and outputs in 32 bits, or export it without.");
        }

        List<OnnxNode> rest = [];
        foreach (var node in graph.Nodes)
        {
            if (node.Operator == "Constant" && HalfTensor.OfConstant(node) is { } value && !outputs.Contains(node.Outputs[0]))
                weights.Add(node.Outputs[0], value with { Name = node.Outputs[0] });
            else
                rest.Add(node);
        }

        return rest;
    }

    private OnnxValue Input(OnnxValue input)
    {
        if (!IsFloat(input.Name))
            return input;
        (options.KeepInputsAndOutputs ? single : half)[input.Name] = input.Name;
        return options.KeepInputsAndOutputs ? input : InHalf(input);
    }

    private OnnxNode Converted(OnnxNode node)
    {
        if (!node.Inputs.Concat(node.Outputs).Any(IsFloat))
            return node;
        if (!AnyType.Contains(node.Operator))
            converted++;
        return node with
        {
            Inputs = [.. node.Inputs.Select((name, i) => !IsFloat(name) ? name : AnyType.Contains(node.Operator) ? Home(name) : StaysSingle(node, i) ? Single(name) : InHalf(name))],
            Outputs = [.. node.Outputs.Select(name => Leave(name, half, options.KeepInputsAndOutputs))],
            Attributes = node is { Operator: "ConstantOfShape", Attributes.Count: 0 } ? [OnnxAttribute.Of("value", HalfZero)] : [.. node.Attributes.Select(attribute => Attribute(node, attribute))],
        };
    }

    private OnnxAttribute Attribute(OnnxNode node, OnnxAttribute attribute)
    {
        if (node.Operator == "Cast" && attribute.Name == "to" && attribute.Int == (long)ElementType.Float)
            return OnnxAttribute.Of("to", (long)ElementType.Float16);
        return attribute.Kind == AttributeKind.Tensor && attribute.Tensors[0].Element == ElementType.Float
            ? OnnxAttribute.Of(attribute.Name, HalfTensor.Of(attribute.Tensors[0], ref clamped, ref vanished))
            : attribute;
    }

    private OnnxNode Blocked(OnnxNode node)
    {
        if (node.Inputs.Concat(node.Outputs).Any(IsFloat))
            left[node.Operator] = left.GetValueOrDefault(node.Operator) + 1;
        return node with
        {
            Inputs = [.. node.Inputs.Select(name => IsFloat(name) ? Single(name) : name)],
            Attributes = [.. node.Attributes.Select(attribute => attribute.Graphs.Count == 0 ? attribute : attribute with { Graphs = [.. attribute.Graphs.Select(Inner)] })],
            Outputs = [.. node.Outputs.Select(name => Leave(name, single, !options.KeepInputsAndOutputs))],
        };
    }

    /// <summary>An inner graph stays in 32 bits: what it takes from around it is given in them.</summary>
    private OnnxGraph Inner(OnnxGraph inner) => inner with
    {
        Nodes = [.. inner.Nodes.Select(node => node with
        {
            Inputs = [.. node.Inputs.Select(Captured)],
            Attributes = [.. node.Attributes.Select(attribute => attribute.Graphs.Count == 0 ? attribute : attribute with { Graphs = [.. attribute.Graphs.Select(Inner)] })],
        })],
        Outputs = [.. inner.Outputs.Select(output => output with { Name = Captured(output.Name) })],
    };

    private string Captured(string name) => half.ContainsKey(name) || single.ContainsKey(name) || weights.ContainsKey(name) ? Single(name) : name;

    /// <summary>The name under which a node leaves a value: another than the old graph's when an output of that name is wanted in the other precision.</summary>
    private string Leave(string name, Dictionary<string, string> home, bool otherIsWanted)
    {
        if (!IsFloat(name))
            return name;
        return home[name] = otherIsWanted && outputs.Contains(name) ? fresh.Of($"{name}_{(home == half ? "float16" : "float32")}") : name;
    }

    private void Arrive(string output)
    {
        var wanted = options.KeepInputsAndOutputs ? single : half;
        if (wanted.TryGetValue(output, out var there) && there == output)
            return;
        var from = weights.ContainsKey(output) ? Single(output) : Home(output);
        var to = options.KeepInputsAndOutputs ? ElementType.Float : ElementType.Float16;
        if (from != output)
            nodes.Add(Cast(from, output, to));
    }

    private string Home(string name) => half.GetValueOrDefault(name) ?? (single.TryGetValue(name, out var there) ? there : InHalf(name));

    private string InHalf(string name)
    {
        if (half.TryGetValue(name, out var there))
            return there;
        if (!weights.TryGetValue(name, out var tensor))
            return half[name] = CastTo(name, single[name], "float16", ElementType.Float16);
        initializers.Add(HalfTensor.Of(tensor, ref clamped, ref vanished));
        return half[name] = name;
    }

    private string Single(string name)
    {
        if (single.TryGetValue(name, out var there))
            return there;
        if (!weights.TryGetValue(name, out var tensor))
            return single[name] = CastTo(name, half[name], "float32", ElementType.Float);
        var kept = usedInHalf.Contains(name) ? fresh.Of($"{name}_float32") : name;
        initializers.Add(tensor with { Name = kept });
        return single[name] = kept;
    }

    private string CastTo(string name, string from, string suffix, ElementType to)
    {
        var made = fresh.Of($"{name}_{suffix}");
        nodes.Add(Cast(from, made, to));
        return made;
    }

    private OnnxNode Cast(string from, string made, ElementType to) =>
        new() { Operator = "Cast", Name = fresh.Of($"node:Cast:{made}"), Inputs = [from], Outputs = [made], Attributes = [OnnxAttribute.Of("to", (long)to)] };

    private bool IsBlocked(OnnxNode node) =>
        options.Blocked.Contains(node.Operator) || options.BlockedNodes.Contains(node.Name) || node.Attributes.Any(attribute => attribute.Graphs.Count > 0 || attribute.SparseTensors.Count > 0);

    /// <summary>The scales of a <c>Resize</c> are 32-bit whatever it resizes.</summary>
    private static bool StaysSingle(OnnxNode node, int input) => node.Operator is "Resize" or "Upsample" && input > 0;

    private bool IsFloat(string name) => flow[name] == ElementType.Float;

    private static OnnxValue InHalf(OnnxValue value) => value with { Type = ((TensorType)value.Type!) with { Element = ElementType.Float16 } };
}
