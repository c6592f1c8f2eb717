using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Recording;

/// <summary>The type of a recorded value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Element">The type of a tensor's elements; else <see cref="ElementType.Undefined"/>.</param>
/// <param name="Shape">A tensor's dimensions in that run; else empty.</param>
public sealed record RecordedType(RecordedKind Kind, ElementType Element, IReadOnlyList<long> Shape)
{
    /// <summary>The type of a tensor.</summary>
    public static RecordedType Tensor(ElementType element, params IReadOnlyList<long> shape) => new(RecordedKind.Tensor, element, shape);

    /// <summary>The type of something that is no tensor.</summary>
    public static RecordedType Of(RecordedKind kind) => new(kind, ElementType.Undefined, []);

    /// <inheritdoc/>
    public bool Equals(RecordedType? other) => other is not null && Kind == other.Kind && Element == other.Element && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Element, Shape.Count);

    /// <summary>Such as <c>Float[2, 64]</c>.</summary>
    public override string ToString() => Kind == RecordedKind.Tensor ? $"{Element}[{string.Join(", ", Shape)}]" : Kind.ToString();
}
