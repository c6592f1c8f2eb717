using System.Text;

namespace Serverless.OnnxRuntime;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type; <see cref="ElementType.None"/> for a sequence, map, or a type that we do not carry.</param>
/// <param name="Shape">Its shape; −1 where any length will do.</param>
/// <param name="Symbols">The names of its open dimensions; null where a dimension is fixed or has no name. Equal names mean equal lengths.</param>
public sealed record TensorPort(string Name, ElementType Type, long[] Shape, string?[] Symbols)
{
    /// <summary>The name as UTF-8.</summary>
    public byte[] NameUtf8 { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>Elements a row, when the first dimension counts rows: the product of the others; −1 when one of them is open.</summary>
    public long RowElements
    {
        get
        {
            long product = 1;
            foreach (var dimension in Shape.AsSpan(Math.Min(1, Shape.Length)))
            {
                if (dimension < 0)
                    return -1;
                product *= dimension;
            }

            return product;
        }
    }
}
