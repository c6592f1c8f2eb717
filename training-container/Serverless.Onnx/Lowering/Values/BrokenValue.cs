namespace Serverless.Onnx.Lowering.Values;

/// <summary>What a refused operator would have made. Operators that need it are passed over, since the reason is told already.</summary>
internal sealed class BrokenValue : LoweredValue
{
    public static readonly BrokenValue Only = new();
}
