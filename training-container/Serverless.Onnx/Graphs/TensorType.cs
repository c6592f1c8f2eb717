namespace Serverless.Onnx.Graphs;

/// <summary>A tensor's type.</summary>
/// <param name="Element">The type of its elements.</param>
/// <param name="Shape">Its dimensions; empty for a scalar; null when not even their number is known.</param>
public sealed record TensorType(ElementType Element, IReadOnlyList<Dimension>? Shape) : OnnxValueType
{
    /// <summary>The number of dimensions; null when not known.</summary>
    public int? Rank => Shape?.Count;

    /// <summary>The type of a tensor with these dimensions.</summary>
    public static TensorType Of(ElementType element, params ReadOnlySpan<Dimension> shape) => new(element, shape.ToArray());

    /// <inheritdoc/>
    public bool Equals(TensorType? other) =>
        other is not null && Element == other.Element
        && (Shape is null ? other.Shape is null : other.Shape is not null && Shape.SequenceEqual(other.Shape));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Element, Shape?.Count);

    /// <summary>Such as <c>Float[N, 64]</c>.</summary>
    public override string ToString() => Shape is null ? $"{Element}[…]" : $"{Element}[{string.Join(", ", Shape)}]";
}
