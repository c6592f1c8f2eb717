namespace Serverless.Onnx.Recording;

/// <summary>A value that the network returned.</summary>
/// <param name="Id">Its number in the graph.</param>
/// <param name="Name">Its name.</param>
public sealed record RecordedOutput(int Id, string Name);
