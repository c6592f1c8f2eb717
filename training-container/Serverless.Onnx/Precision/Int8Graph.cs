using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>Rewrites a graph's products and lookups to 8 bits.</summary>
internal sealed class Int8Graph
{
    private static readonly HashSet<string> Counted = ["MatMul", "Gemm", "Gather", "Conv", "ConvTranspose", "LSTM", "GRU", "RNN"];
    private readonly Int8Options options;
    private readonly int largest;
    private readonly FreshNames fresh;
    private readonly Dictionary<string, OnnxTensor> weights;
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> added = [];
    private readonly Dictionary<(string Name, string Form), (string Values, string Scales)> rounded = [];
    private readonly Dictionary<string, (string Values, string Scale, string Zero)> given = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> left = new(StringComparer.Ordinal);
    private int converted;

    private Int8Graph(OnnxGraph graph, Int8Options options)
    {
        this.options = options;
        largest = options.ReduceRange ? 64 : 127;
        fresh = new(graph);
        var inputs = graph.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        weights = graph.Initializers.Where(tensor => tensor.Element == ElementType.Float && !inputs.Contains(tensor.Name)).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    public static OnnxGraph Rewrite(OnnxGraph graph, Int8Options options, out PrecisionReport report)
    {
        var work = new Int8Graph(graph, options);
        foreach (var node in graph.Nodes)
            work.Take(node);
        var used = work.nodes.SelectMany(Uses).Concat(graph.Outputs.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);
        var made = graph with { Nodes = work.nodes, Initializers = [.. graph.Initializers.Where(tensor => used.Contains(tensor.Name) || !work.weights.ContainsKey(tensor.Name)), .. work.added] };
        report = new() { BytesBefore = PrecisionReport.WeightBytes(graph), BytesAfter = PrecisionReport.WeightBytes(made), Converted = work.converted, Left = work.left };
        return made;
    }

    private void Take(OnnxNode node)
    {
        var done = OpsetImport.Canonical(node.Domain) == OpsetImport.Main && !options.BlockedNodes.Contains(node.Name) && node.Operator switch
        {
            "MatMul" => Product(node, transposed: false, alpha: 1, bias: null),
            "Gemm" => Gemm(node),
            "Gather" when options.Tables && node.IntOf("axis", 0) == 0 => Lookup(node),
            _ => false,
        };
        if (done)
        {
            converted++;
            return;
        }

        nodes.Add(node);
        if (Counted.Contains(node.Operator) && node.Inputs.Any(weights.ContainsKey))
            left[node.Operator] = left.GetValueOrDefault(node.Operator) + 1;
    }

    private bool Gemm(OnnxNode node)
    {
        var beta = node.Attribute("beta")?.Float ?? 1;
        if (node.IntOf("transA", 0) != 0 || beta is not (0 or 1))
            return false;
        var bias = beta != 0 && node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? node.Inputs[2] : null;
        return Product(node, node.IntOf("transB", 0) != 0, node.Attribute("alpha")?.Float ?? 1, bias);
    }

    private bool Product(OnnxNode node, bool transposed, float alpha, string? bias)
    {
        if (Large(node.Inputs[1]) is not { Dims.Count: >= 2 } weight)
            return false;
        var (values, scales) = Rounded(weight, transposed ? "transposed" : "", () => Int8Weight.ByColumn(weight, transposed, largest));
        var (whole, scale, zero) = Given(node.Inputs[0]);
        var sum = Add("MatMulInteger", node, [whole, values, zero]);
        var number = Add("Cast", node, [sum], OnnxAttribute.Of("to", (long)ElementType.Float));
        var factor = Add("Mul", node, [scale, scales]);
        if (alpha != 1)
            factor = Add("Mul", node, [factor, Constant("alpha", OnnxTensor.Of([alpha]))]);
        if (bias is null)
            nodes.Add(Last("Mul", node, [number, factor]));
        else
            nodes.Add(Last("Add", node, [Add("Mul", node, [number, factor]), bias]));
        return true;
    }

    private bool Lookup(OnnxNode node)
    {
        if (Large(node.Inputs[0]) is not { Dims.Count: >= 2 } table)
            return false;
        var (values, scales) = Rounded(table, "rows", () => Int8Weight.ByRow(table, 127)); // nothing is summed here: the whole range is safe
        var row = Add("Cast", node, [Add("Gather", node, [values, node.Inputs[1]], OnnxAttribute.Of("axis", 0))], OnnxAttribute.Of("to", (long)ElementType.Float));
        nodes.Add(Last("Mul", node, [row, Add("Gather", node, [scales, node.Inputs[1]], OnnxAttribute.Of("axis", 0))]));
        return true;
    }

    private OnnxTensor? Large(string name) => weights.TryGetValue(name, out var weight) && OnnxTensor.CountOf(weight.Dims) >= Math.Max(options.FewestElements, 1) ? weight : null;

    private (string Values, string Scales) Rounded(OnnxTensor weight, string form, Func<Int8Weight> round)
    {
        if (rounded.TryGetValue((weight.Name, form), out var there))
            return there;
        var made = round();
        return rounded[(weight.Name, form)] = (Constant($"{weight.Name}_int8", made.Values), Constant($"{weight.Name}_scale", made.Scales));
    }

    /// <summary>What is multiplied, in 8 bits: once, however many products take it.</summary>
    private (string Values, string Scale, string Zero) Given(string name)
    {
        if (given.TryGetValue(name, out var there))
            return there;
        var (values, scale, zero) = (fresh.Of($"{name}_uint8"), fresh.Of($"{name}_scale"), fresh.Of($"{name}_zero"));
        nodes.Add(new() { Operator = "DynamicQuantizeLinear", Name = fresh.Of($"node:DynamicQuantizeLinear:{name}"), Inputs = [name], Outputs = [values, scale, zero] });
        return given[name] = (values, scale, zero);
    }

    private string Add(string operatorName, OnnxNode from, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        var made = fresh.Of($"{from.Outputs[0]}_{operatorName}");
        nodes.Add(new() { Operator = operatorName, Name = fresh.Of($"node:{made}"), Inputs = inputs, Outputs = [made], Attributes = attributes });
        return made;
    }

    private static OnnxNode Last(string operatorName, OnnxNode from, IReadOnlyList<string> inputs) => new() { Operator = operatorName, Name = from.Name, Inputs = inputs, Outputs = from.Outputs };

    private string Constant(string wish, OnnxTensor tensor)
    {
        var name = fresh.Of(wish);
        added.Add(tensor with { Name = name });
        return name;
    }

    private static IEnumerable<string> Uses(OnnxNode node) => node.Inputs.Concat(node.Attributes.SelectMany(attribute => attribute.Graphs).SelectMany(inner => inner.Nodes.SelectMany(Uses).Concat(inner.Outputs.Select(output => output.Name))));
}
