namespace Serverless.Onnx.Lowering.Values;

/// <summary>A list or a tuple.</summary>
internal sealed class ListValue(IReadOnlyList<LoweredValue> items) : LoweredValue
{
    public IReadOnlyList<LoweredValue> Items => items;

    /// <summary>Whether what made it depends on what the caller gives.</summary>
    public bool FromInputs { get; set; }
}
