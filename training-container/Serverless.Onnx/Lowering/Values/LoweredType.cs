using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.Onnx.Lowering.Values;

/// <summary>A tensor's type over all runs.</summary>
/// <param name="Element">The type of its elements.</param>
/// <param name="Sizes">Its dimensions.</param>
internal sealed record LoweredType(ElementType Element, IReadOnlyList<SizeExpression> Sizes)
{
    public int Rank => Sizes.Count;

    /// <summary>The type as a model has it.</summary>
    public TensorType ToTensorType() => new(Element, [.. Sizes.Select(Of)]);

    /// <summary>A size as a model has it.</summary>
    public static Dimension Of(SizeExpression size) => size.Constant is { } constant ? constant : Dimension.Named(size.ToString());

    public override string ToString() => $"{Element}[{string.Join(", ", Sizes)}]";
}
