namespace Serverless.Onnx.Precision;

/// <summary>A model cannot be brought to another precision. The message says where, why and the cure; the model itself is unchanged.</summary>
public sealed class PrecisionException(string message) : Exception(message);
