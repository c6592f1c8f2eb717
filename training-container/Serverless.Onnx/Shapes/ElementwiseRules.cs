using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>Operators whose output has the shape of their inputs, broadcast.</summary>
internal static class ElementwiseRules
{
    public static IEnumerable<(string Name, OperatorRule Rule)> All()
    {
        foreach (var name in new[] { "Identity", "Relu", "Sigmoid", "Tanh", "Exp", "Log", "Sqrt", "Neg", "Abs", "Erf", "Floor", "Ceil", "Round", "Reciprocal", "Sign", "Sin", "Cos", "Elu", "LeakyRelu", "HardSigmoid", "Softplus", "Selu", "Gelu",
            "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh", "Softsign", "HardSwish", "Mish", "Celu", "ThresholdedRelu", "BitwiseNot" })
            yield return (name, new(1, 1, 1, node => [node[0]]));
        foreach (var name in new[] { "Softmax", "LogSoftmax" })
            yield return (name, new(1, 1, 1, Softmax));
        yield return ("Clip", new(1, 3, 1, node => [node[0]]));
        yield return ("Dropout", new(1, 3, 2, node => [node[0], node[0] is { } type ? type with { Element = ElementType.Bool } : null]));
        foreach (var name in new[] { "Not", "IsNaN", "IsInf" })
            yield return (name, new(1, 1, 1, ToBool));
        foreach (var name in new[] { "Add", "Sub", "Mul", "Div", "PRelu", "Mod" })
            yield return (name, new(2, 2, 1, Arithmetic));
        yield return ("Pow", new(2, 2, 1, node => [Make(node.ElementOf(0), Broadcast.Of(node, 0, 2))]));
        foreach (var name in new[] { "Max", "Min", "Sum", "Mean" })
            yield return (name, new(1, OperatorRule.Any, 1, node => [Make(node.WantSameElement(0, node.Count), Broadcast.Of(node, 0, node.Count))]));
        foreach (var name in new[] { "Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual" })
            yield return (name, new(2, 2, 1, Comparison));
        foreach (var name in new[] { "BitwiseAnd", "BitwiseOr", "BitwiseXor" })
            yield return (name, new(2, 2, 1, node => [Make(node.WantSameElement(0, 2), Broadcast.Of(node, 0, 2))]));
        foreach (var name in new[] { "And", "Or", "Xor" })
            yield return (name, new(2, 2, 1, Logic));
        yield return ("Where", new(3, 3, 1, Where));
        yield return ("Cast", new(1, 1, 1, Cast));
    }

    public static TensorType? Make(ElementType element, IReadOnlyList<Dimension>? shape) => element == ElementType.Undefined ? null : new(element, shape);

    private static TensorType?[] Softmax(NodeTypes node)
    {
        node.Axis(node.Node.IntOf("axis", -1), node[0]?.Rank);
        node.WantElement(0, ElementType.Float, ElementType.Double, ElementType.Float16, ElementType.BFloat16);
        return [node[0]];
    }

    private static TensorType?[] ToBool(NodeTypes node)
    {
        if (node.Node.Operator == "Not")
            node.WantElement(0, ElementType.Bool);
        else
            node.WantElement(0, ElementType.Float, ElementType.Double, ElementType.Float16, ElementType.BFloat16);
        return [new(ElementType.Bool, node.ShapeOf(0))];
    }

    private static TensorType?[] Arithmetic(NodeTypes node)
    {
        var element = node.WantSameElement(0, 2);
        if (element is ElementType.String or ElementType.Bool)
            node.Wrong($"its inputs have the type {element}; {node.Node.Operator} takes numbers", "Put a Cast before it.");
        return [Make(element, Broadcast.Of(node, 0, 2))];
    }

    private static TensorType?[] Comparison(NodeTypes node)
    {
        node.WantSameElement(0, 2);
        return [new(ElementType.Bool, Broadcast.Of(node, 0, 2))];
    }

    private static TensorType?[] Logic(NodeTypes node)
    {
        node.WantElement(0, ElementType.Bool);
        node.WantElement(1, ElementType.Bool);
        return [new(ElementType.Bool, Broadcast.Of(node, 0, 2))];
    }

    private static TensorType?[] Where(NodeTypes node)
    {
        node.WantElement(0, ElementType.Bool);
        return [Make(node.WantSameElement(1, 3), Broadcast.Of(node, 0, 3))];
    }

    private static TensorType?[] Cast(NodeTypes node)
    {
        var to = (ElementType)node.Node.IntOf("to", 0);
        if (ElementTypes.IsKnown(to))
            return [new(to, node.ShapeOf(0))];
        node.Wrong($"its attribute 'to' is {(long)to}, which is no element type", "Give the attribute 'to' with a number of TensorProto.DataType, such as 1 for 32-bit floating point.");
        return [null];
    }
}
