namespace Serverless.Tuning.Spaces;

/// <summary>One of several choices without an order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Choices">The choices, each once; at least one.</param>
public sealed record CategoricalParameter(string Name, IReadOnlyList<ParameterValue> Choices) : Parameter(Name);
