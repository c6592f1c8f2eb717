using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Shapes;

namespace Serverless.Onnx.Checking;

/// <summary>Checks one graph: names, order, nodes, and types as they flow through it. The graphs inside it are checked with its names in sight.</summary>
internal sealed class GraphCheck(OnnxGraph graph, string place, GraphCheck? around, OperatorLookup operators, TensorRules tensors, CheckOptions options, FindingList findings, GraphRole role)
{
    private readonly Dictionary<string, OnnxValueType?> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> constants = new(StringComparer.Ordinal);

    public void Run()
    {
        Inputs();
        Initializers();
        var later = MadeLater();
        for (var i = 0; i < graph.Nodes.Count; i++)
            Node(graph.Nodes[i], $"{place}.node[{i}] ({Plain(graph.Nodes[i].Operator)}{(graph.Nodes[i].Name.Length > 0 ? " " + FindingList.Quote(graph.Nodes[i].Name) : "")})", later);
        CycleRule.Check(graph, place, findings);
        Outputs();
    }

    private static string Plain(string name) => FindingList.Quote(name).Trim('\'');

    private void Inputs()
    {
        foreach (var input in graph.Inputs)
        {
            if (role == GraphRole.Main)
                WantType(input, $"{place}.input {FindingList.Quote(input.Name)}");
            Define(input.Name, input.Type, $"{place}.input");
        }
    }

    private void Initializers()
    {
        var inputs = graph.Inputs.Select(input => input.Name).ToHashSet();
        var seen = new HashSet<string>();
        var all = graph.Initializers.Select((tensor, i) => (tensor.Name, Type: (OnnxValueType)tensor.Type, Place: $"{place}.initializer[{i}]"))
            .Concat(graph.SparseInitializers.Select((tensor, i) => (tensor.Values.Name, (OnnxValueType)new TensorType(tensor.Values.Element, [.. tensor.Dims.Select(size => (Dimension)size)]), $"{place}.sparse_initializer[{i}]")));
        foreach (var (name, type, where) in all)
            if (!inputs.Contains(name) || !seen.Add(name))
                Define(name, type, where);
        for (var i = 0; i < graph.Initializers.Count; i++)
        {
            tensors.Check(graph.Initializers[i], $"{place}.initializer[{i}]");
            if (!inputs.Contains(graph.Initializers[i].Name))
                constants.TryAdd(graph.Initializers[i].Name, graph.Initializers[i]);
        }

        for (var i = 0; i < graph.SparseInitializers.Count; i++)
            tensors.Check(graph.SparseInitializers[i], $"{place}.sparse_initializer[{i}]");
    }

    private HashSet<string> MadeLater() => [.. graph.Nodes.SelectMany(node => node.Outputs)];

    private void Node(OnnxNode node, string where, HashSet<string> later)
    {
        if (node.Operator.Length == 0)
            findings.Add(OnnxFindingCode.UnknownOperator, where, "it names no operator", "Export the model again.");
        else
            operators.Check(node, where, findings);
        foreach (var input in node.Inputs.Where(input => input.Length > 0 && !Knows(input)))
            if (later.Contains(input))
                findings.Add(OnnxFindingCode.WrongOrder, where, $"its input {FindingList.Quote(input)} is made by a later node", "Order the nodes so that each comes after what it needs.");
            else
                findings.Add(OnnxFindingCode.UndefinedInput, where, $"its input {FindingList.Quote(input)} is made by nothing", "Name an input, an initializer or the output of an earlier node.");
        AttributeRules.Check(node, where, role, findings);
        foreach (var attribute in node.Attributes)
            Inside(attribute, $"{where}.{Plain(attribute.Name)}");
        LoopRule.Check(node, where, ConstantOf, options, findings);
        var types = Infer(node, where);
        for (var i = 0; i < node.Outputs.Count; i++)
            if (node.Outputs[i].Length > 0)
                Define(node.Outputs[i], types[i], where);
        if (node is { Operator: "Constant", Attributes: [{ Kind: AttributeKind.Tensor, Tensors: [var constant] }], Outputs: [var made] })
            constants.TryAdd(made, constant);
    }

    private void Inside(OnnxAttribute attribute, string where)
    {
        foreach (var tensor in attribute.Tensors)
            tensors.Check(tensor, where);
        foreach (var tensor in attribute.SparseTensors)
            tensors.Check(tensor, where);
        foreach (var inner in attribute.Graphs)
            new GraphCheck(inner, where, this, operators, tensors, options, findings, role == GraphRole.Function ? GraphRole.Function : GraphRole.Inner).Run();
    }

    private TensorType?[] Infer(OnnxNode node, string where)
    {
        if (OperatorRules.Find(node.Domain, node.Operator) is not { } rule || node.Attributes.Any(attribute => attribute.Refers.Length > 0))
            return new TensorType?[node.Outputs.Count];
        var types = new NodeTypes(node, [.. node.Inputs.Select(input => TypeOf(input) as TensorType)], ConstantOf);
        var found = OperatorRules.Infer(rule, types);
        foreach (var (what, cure) in types.Wrongs)
            findings.Add(OnnxFindingCode.TypeMismatch, where, what, cure);
        return found;
    }

    private void Outputs()
    {
        if (role == GraphRole.Main && graph.Outputs.Count == 0)
            findings.Add(OnnxFindingCode.UndefinedInput, place, "it has no outputs", "Name at least one output.");
        foreach (var output in graph.Outputs)
        {
            var where = $"{place}.output {FindingList.Quote(output.Name)}";
            if (role == GraphRole.Main)
                WantType(output, where);
            if (!Knows(output.Name))
                findings.Add(OnnxFindingCode.UndefinedInput, where, "nothing makes it", "Name the output of a node.");
            else if (output.Type is TensorType said && TypeOf(output.Name) is TensorType found && WhyApart(said, found) is { } why)
                findings.Add(OnnxFindingCode.TypeMismatch, where, $"it is said to be {said}, and is {found}: {why}", "Say the type that the node makes.");
        }

        foreach (var twice in graph.Outputs.GroupBy(output => output.Name).Where(group => group.Count() > 1))
            findings.Add(OnnxFindingCode.BadName, $"{place}.output", $"the name {FindingList.Quote(twice.Key)} is there {twice.Count()} times", "Name each output once.");
    }

    private static string? WhyApart(TensorType said, TensorType found)
    {
        if (said.Element != found.Element)
            return "the elements differ";
        if (said.Shape is null || found.Shape is null)
            return null;
        if (said.Shape.Count != found.Shape.Count)
            return "the numbers of dimensions differ";
        return said.Shape.Zip(found.Shape).Any(pair => pair.First.Size is { } a && pair.Second.Size is { } b && a != b) ? "the sizes differ" : null;
    }

    private void WantType(OnnxValue value, string where)
    {
        if (value.Type is null or TensorType { Element: ElementType.Undefined })
            findings.Add(OnnxFindingCode.MissingType, where, "its type is not said", "Say the type and the shape of each input and output.");
        else if (value.Type is TensorType type && !ElementTypes.IsKnown(type.Element))
            findings.Add(OnnxFindingCode.MissingType, where, $"its elements have the type {(int)type.Element}, which is none", "Use a type of TensorProto.DataType.");
        else if (value.Type is TensorType { Shape: { } shape } && shape.Any(size => size.Size < 0))
            findings.Add(OnnxFindingCode.MissingType, where, $"its shape {value.Type} has a negative size", "Leave a size open, or name it, where any will do.");
    }

    private void Define(string name, OnnxValueType? type, string where)
    {
        if (name.Length == 0)
            findings.Add(OnnxFindingCode.BadName, where, "a name is empty", "Give each value a name.");
        else if (!values.TryAdd(name, type))
            findings.Add(OnnxFindingCode.BadName, where, $"the name {FindingList.Quote(name)} is there twice", "Give each value a name of its own.");
    }

    private bool Knows(string name) => values.ContainsKey(name) || around?.Knows(name) == true;

    private OnnxValueType? TypeOf(string name) => values.TryGetValue(name, out var type) ? type : around?.TypeOf(name);

    private OnnxTensor? ConstantOf(string name) => values.ContainsKey(name) ? constants.GetValueOrDefault(name) : around?.ConstantOf(name);
}
