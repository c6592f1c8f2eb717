namespace Serverless.Contracts.Models;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">Its type in the words of the Open Inference Protocol: <c>FP32</c>, <c>INT64</c>, <c>BYTES</c>, …</param>
/// <param name="Shape">Its shape; −1 where any length will do.</param>
public sealed record TensorSignature(string Name, string Datatype, IReadOnlyList<long> Shape);
