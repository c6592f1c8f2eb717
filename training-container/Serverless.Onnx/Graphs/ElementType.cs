namespace Serverless.Onnx.Graphs;

/// <summary>The type of a tensor's elements, numbered as in <c>TensorProto.DataType</c>.</summary>
public enum ElementType
{
    /// <summary>Not said.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8 = 2,

    /// <summary>8-bit signed integer.</summary>
    Int8 = 3,

    /// <summary>16-bit unsigned integer.</summary>
    UInt16 = 4,

    /// <summary>16-bit signed integer.</summary>
    Int16 = 5,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 6,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,

    /// <summary>UTF-8 text.</summary>
    String = 8,

    /// <summary>Truth value, one byte.</summary>
    Bool = 9,

    /// <summary>16-bit floating point.</summary>
    Float16 = 10,

    /// <summary>64-bit floating point.</summary>
    Double = 11,

    /// <summary>32-bit unsigned integer.</summary>
    UInt32 = 12,

    /// <summary>64-bit unsigned integer.</summary>
    UInt64 = 13,

    /// <summary>Two 32-bit floating-point numbers.</summary>
    Complex64 = 14,

    /// <summary>Two 64-bit floating-point numbers.</summary>
    Complex128 = 15,

    /// <summary>16-bit floating point with the exponent of 32 bits.</summary>
    BFloat16 = 16,

    /// <summary>8-bit floating point, 4-bit exponent, finite.</summary>
    Float8E4M3FN = 17,

    /// <summary>8-bit floating point, 4-bit exponent, finite, no negative zero.</summary>
    Float8E4M3FNUZ = 18,

    /// <summary>8-bit floating point, 5-bit exponent.</summary>
    Float8E5M2 = 19,

    /// <summary>8-bit floating point, 5-bit exponent, finite, no negative zero.</summary>
    Float8E5M2FNUZ = 20,

    /// <summary>4-bit unsigned integer, two to a byte.</summary>
    UInt4 = 21,

    /// <summary>4-bit signed integer, two to a byte.</summary>
    Int4 = 22,

    /// <summary>4-bit floating point, two to a byte.</summary>
    Float4E2M1 = 23,

    /// <summary>8-bit power of two.</summary>
    Float8E8M0 = 24,

    /// <summary>2-bit unsigned integer, four to a byte.</summary>
    UInt2 = 25,

    /// <summary>2-bit signed integer, four to a byte.</summary>
    Int2 = 26,
}
