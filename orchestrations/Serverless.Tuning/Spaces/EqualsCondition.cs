namespace Serverless.Tuning.Spaces;

/// <summary>A parameter has a value.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Value">The value; one that it can have.</param>
public sealed record EqualsCondition(string Parameter, ParameterValue Value) : Condition
{
    private protected override string Say() => $"{Parameter} = {Words.Of(Value)}";
}
