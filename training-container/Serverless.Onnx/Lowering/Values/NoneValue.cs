namespace Serverless.Onnx.Lowering.Values;

/// <summary>An argument that was left out.</summary>
internal sealed class NoneValue : LoweredValue
{
    public static readonly NoneValue Only = new();
}
