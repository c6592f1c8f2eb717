using System.Collections.Frozen;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Recording;

/// <summary>The names of element types in recordings: those of torch's dtypes.</summary>
public static class RecordedElements
{
    private static readonly FrozenDictionary<string, ElementType> ByName = new Dictionary<string, ElementType>
    {
        ["float32"] = ElementType.Float,
        ["float64"] = ElementType.Double,
        ["float16"] = ElementType.Float16,
        ["bfloat16"] = ElementType.BFloat16,
        ["int64"] = ElementType.Int64,
        ["int32"] = ElementType.Int32,
        ["int16"] = ElementType.Int16,
        ["int8"] = ElementType.Int8,
        ["uint8"] = ElementType.UInt8,
        ["bool"] = ElementType.Bool,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => ByName.Keys;

    /// <summary>The element type of a name; null when it is none that a recording may have.</summary>
    public static ElementType? Find(string name) => ByName.TryGetValue(name, out var found) ? found : null;

    /// <summary>The name of an element type.</summary>
    public static string NameOf(ElementType element) => ByName.FirstOrDefault(pair => pair.Value == element).Key ?? element.ToString();

    /// <summary>The element type of a number of torch's <c>ScalarType</c> (c10/core/ScalarType.h), as <c>aten::to</c> and <c>aten::zeros</c> take it; null when ONNX has none for it.</summary>
    public static ElementType? OfScalarType(long number) => number switch
    {
        0 => ElementType.UInt8,
        1 => ElementType.Int8,
        2 => ElementType.Int16,
        3 => ElementType.Int32,
        4 => ElementType.Int64,
        5 => ElementType.Float16,
        6 => ElementType.Float,
        7 => ElementType.Double,
        11 => ElementType.Bool,
        15 => ElementType.BFloat16,
        _ => null,
    };
}
