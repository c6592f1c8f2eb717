namespace Serverless.Onnx.Graphs;

/// <summary>Sizes and kinds of element types.</summary>
public static class ElementTypes
{
    /// <summary>Bits of one element in raw data; 0 where raw data is not allowed (text, undefined, unknown numbers).</summary>
    public static int BitsOf(ElementType type) => type switch
    {
        ElementType.UInt2 or ElementType.Int2 => 2,
        ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool or ElementType.Float8E4M3FN or ElementType.Float8E4M3FNUZ
            or ElementType.Float8E5M2 or ElementType.Float8E5M2FNUZ or ElementType.Float8E8M0 => 8,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 16,
        ElementType.Int32 or ElementType.UInt32 or ElementType.Float => 32,
        ElementType.Int64 or ElementType.UInt64 or ElementType.Double or ElementType.Complex64 => 64,
        ElementType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>Whether the number is one of <see cref="ElementType"/>, and not <see cref="ElementType.Undefined"/>.</summary>
    public static bool IsKnown(ElementType type) => type is > ElementType.Undefined and <= ElementType.Int2;

    /// <summary>Whether it is a floating-point number.</summary>
    public static bool IsFloat(ElementType type) => type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;
}
