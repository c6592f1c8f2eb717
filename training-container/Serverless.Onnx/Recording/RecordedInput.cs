using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Recording;

/// <summary>A value that was there before the first operator.</summary>
/// <param name="Id">Its number in the graph.</param>
/// <param name="Name">Its name: the argument's, or the parameter's path such as <c>encoder.weight</c>.</param>
/// <param name="Role">Where it came from.</param>
/// <param name="Type">Its type.</param>
public sealed record RecordedInput(int Id, string Name, RecordedRole Role, RecordedType Type)
{
    /// <summary>The data of a parameter or buffer; null for what the caller gives.</summary>
    public OnnxTensor? Data { get; init; }
}
