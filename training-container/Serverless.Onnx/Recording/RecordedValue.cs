namespace Serverless.Onnx.Recording;

/// <summary>A value that an operator made.</summary>
/// <param name="Id">Its number in the graph.</param>
/// <param name="Type">Its type in that run.</param>
public sealed record RecordedValue(int Id, RecordedType Type);
