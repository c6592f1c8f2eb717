namespace Serverless.OnnxRuntime;

/// <summary>What the element types are called in the Open Inference Protocol, and how large they are.</summary>
public static class ElementTypes
{
    /// <summary>The name in the Open Inference Protocol, version 2, "Tensor Data Types".</summary>
    public static string Name(ElementType type) => type switch
    {
        ElementType.Float32 => "FP32",
        ElementType.UInt8 => "UINT8",
        ElementType.Int8 => "INT8",
        ElementType.UInt16 => "UINT16",
        ElementType.Int16 => "INT16",
        ElementType.Int32 => "INT32",
        ElementType.Int64 => "INT64",
        ElementType.Text => "BYTES",
        ElementType.Bool => "BOOL",
        ElementType.Float16 => "FP16",
        ElementType.Float64 => "FP64",
        ElementType.UInt32 => "UINT32",
        ElementType.UInt64 => "UINT64",
        _ => "UNSUPPORTED",
    };

    /// <summary>Bytes an element; 0 for text and for what we do not carry.</summary>
    public static int Size(ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 => 2,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        _ => 0,
    };

    /// <summary>Whether values may be missing: NaN for floating point, the empty text for text.</summary>
    public static bool TakesMissing(ElementType type) => type is ElementType.Text || IsFloating(type);

    /// <summary>Whether it is a floating-point type.</summary>
    public static bool IsFloating(ElementType type) => type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16;

    /// <summary>Whether we carry it.</summary>
    public static bool IsCarried(ElementType type) => type is > ElementType.None and <= ElementType.UInt64;
}
