namespace Serverless.Tuning.Spaces;

/// <summary>A parameter has one of several values.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Values">The values; at least one, each one that it can have.</param>
public sealed record OneOfCondition(string Parameter, IReadOnlyList<ParameterValue> Values) : Condition
{
    private protected override string Say() => $"{Parameter} in ({string.Join(", ", Values.Select(Words.Of))})";
}
