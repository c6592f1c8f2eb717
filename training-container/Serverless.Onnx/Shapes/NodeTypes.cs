using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>What is known of a node's inputs while the types of its outputs are found.</summary>
internal sealed class NodeTypes(OnnxNode node, IReadOnlyList<TensorType?> inputs, Func<string, OnnxTensor?> constantOf)
{
    private readonly List<(string What, string Cure)> wrongs = [];

    public OnnxNode Node => node;

    public int Count => node.Inputs.Count;

    /// <summary>What does not fit.</summary>
    public IReadOnlyList<(string What, string Cure)> Wrongs => wrongs;

    /// <summary>The type of an input; null when it is left out or not known.</summary>
    public TensorType? this[int index] => index < inputs.Count ? inputs[index] : null;

    public ElementType ElementOf(int index) => this[index]?.Element ?? ElementType.Undefined;

    public IReadOnlyList<Dimension>? ShapeOf(int index) => this[index]?.Shape;

    /// <summary>The constant that feeds an input; null when it is none.</summary>
    public OnnxTensor? ConstantOf(int index) => index < node.Inputs.Count && node.Inputs[index].Length > 0 ? constantOf(node.Inputs[index]) : null;

    public void Wrong(string what, string cure) => wrongs.Add((what, cure));

    /// <summary>Wants an input to have one of these types.</summary>
    public void WantElement(int index, params ReadOnlySpan<ElementType> allowed)
    {
        var element = ElementOf(index);
        if (element != ElementType.Undefined && !allowed.Contains(element))
            Wrong($"input {index} '{node.Inputs[index]}' has the type {element}; {node.Operator} takes {string.Join(", ", allowed.ToArray())} there", "Put a Cast before it.");
    }

    /// <summary>Wants inputs to have one type, and gives it.</summary>
    public ElementType WantSameElement(int from, int to)
    {
        var common = ElementType.Undefined;
        for (var i = from; i < Math.Min(to, Count); i++)
        {
            var element = ElementOf(i);
            if (common == ElementType.Undefined)
                common = element;
            else if (element != ElementType.Undefined && element != common)
                Wrong($"input {i} '{node.Inputs[i]}' has the type {element}, the ones before have {common}", "Put a Cast before it.");
        }

        return common;
    }

    /// <summary>An axis from −rank to rank−1 as 0 to rank−1; null when the rank is not known or the axis is outside.</summary>
    public int? Axis(long axis, int? rank)
    {
        if (rank is not { } known)
            return null;
        if (axis >= -known && axis < known)
            return (int)(axis < 0 ? axis + known : axis);
        Wrong($"the axis {axis} is outside a tensor of {known} dimensions", $"Give an axis from {-known} to {known - 1}.");
        return null;
    }

    /// <summary>The axes from an input (since opset 13) or an attribute (before); null when they are not constant.</summary>
    public IReadOnlyList<long>? Axes(int input, out bool given)
    {
        given = (input < Count && node.Inputs[input].Length > 0) || node.Attribute("axes") is not null;
        return ConstantOf(input)?.AsIntegers() ?? node.IntsOf("axes");
    }
}
