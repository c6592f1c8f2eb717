namespace Serverless.Onnx.Graphs;

/// <summary>One dimension of a shape: a size, a name that stands for any size, or nothing known.</summary>
/// <param name="Size">The size; null when it is not fixed.</param>
/// <param name="Symbol">The name, when the size is not fixed and has one. Equal names mean equal sizes.</param>
public readonly record struct Dimension(long? Size, string? Symbol)
{
    /// <summary>Nothing known.</summary>
    public static readonly Dimension Unknown = new(null, null);

    /// <summary>Any size, under a name.</summary>
    public static Dimension Named(string symbol) => new(null, symbol);

    /// <summary>A fixed size.</summary>
    public static implicit operator Dimension(long size) => new(size, null);

    /// <summary>A fixed size.</summary>
    public static implicit operator Dimension(int size) => new(size, null);

    /// <summary>The size, the name, or <c>?</c>.</summary>
    public override string ToString() => Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
