namespace Serverless.OnnxRuntime;

/// <summary>The element types of tensors that we carry, with the numbers of <c>ONNXTensorElementDataType</c>.</summary>
public enum ElementType
{
    /// <summary>A sequence, a map, or a type that we do not carry.</summary>
    None = 0,

    /// <summary>32-bit floating point.</summary>
    Float32 = 1,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 2,

    /// <summary>8-bit integer.</summary>
    Int8 = 3,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16 = 4,

    /// <summary>16-bit integer.</summary>
    Int16 = 5,

    /// <summary>32-bit integer.</summary>
    Int32 = 6,

    /// <summary>64-bit integer.</summary>
    Int64 = 7,

    /// <summary>UTF-8 text of any length.</summary>
    Text = 8,

    /// <summary>A byte, 0 or 1.</summary>
    Bool = 9,

    /// <summary>16-bit floating point.</summary>
    Float16 = 10,

    /// <summary>64-bit floating point.</summary>
    Float64 = 11,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32 = 12,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64 = 13,
}
