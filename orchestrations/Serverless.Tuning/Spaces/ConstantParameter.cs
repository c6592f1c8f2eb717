namespace Serverless.Tuning.Spaces;

/// <summary>A value that is passed on and not searched.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The value.</param>
public sealed record ConstantParameter(string Name, ParameterValue Value) : Parameter(Name);
