namespace Serverless.Contracts.Inference;

/// <summary>An output that is wanted.</summary>
/// <param name="Name">Its name.</param>
public sealed record InferOutput(string Name);
