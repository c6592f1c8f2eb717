namespace Serverless.Torch.Trainers.Loop;

/// <summary>One number that says how good a network is.</summary>
/// <param name="Name">Its name, such as <c>accuracy</c>.</param>
/// <param name="Value">The number.</param>
internal sealed record Metric(string Name, double Value);
