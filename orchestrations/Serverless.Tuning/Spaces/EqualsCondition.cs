namespace Serverless.Tuning.Spaces;

/// <summary>A parameter has a value.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Value">The value; one that it can have.</param>
public sealed record EqualsCondition(string Parameter, ParameterValue Value) : Condition
{
    /// <inheritdoc/>
    public override string Text => $"{Parameter} = {Words.Of(Value)}";
}
