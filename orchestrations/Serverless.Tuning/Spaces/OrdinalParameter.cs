namespace Serverless.Tuning.Spaces;

/// <summary>One of several levels in an order: neighbours resemble each other.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Levels">The levels from one end to the other, each once; at least one.</param>
public sealed record OrdinalParameter(string Name, IReadOnlyList<ParameterValue> Levels) : Parameter(Name);
