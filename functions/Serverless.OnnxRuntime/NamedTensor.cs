namespace Serverless.OnnxRuntime;

/// <summary>A tensor with its name, outside of the library: what a run by name takes and gives.</summary>
/// <param name="Name">The name of an input or output.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
/// <param name="Data">The elements row by row as they are in memory (little-endian); empty for text.</param>
public sealed record NamedTensor(string Name, ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The elements of a tensor of text, row by row; null for every other type.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Elements that the shape asks for.</summary>
    public long Count => Shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
}
