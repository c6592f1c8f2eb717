namespace Serverless.Tuning.Spaces;

/// <summary>A parameter lies in a range. The parameter is a number, or an ordinal whose levels the bounds name.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Min">The least value with which the condition holds; null: no such bound.</param>
/// <param name="Max">The greatest value with which the condition holds; null: no such bound.</param>
public sealed record BetweenCondition(string Parameter, ParameterValue? Min = null, ParameterValue? Max = null) : Condition
{
    private protected override string Say() => (Min, Max) switch
    {
        ({ } min, { } max) => $"{Words.Of(min)} <= {Parameter} <= {Words.Of(max)}",
        ({ } min, null) => $"{Parameter} >= {Words.Of(min)}",
        (null, { } max) => $"{Parameter} <= {Words.Of(max)}",
        _ => $"{Parameter} is there",
    };
}
