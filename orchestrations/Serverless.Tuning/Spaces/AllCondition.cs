namespace Serverless.Tuning.Spaces;

/// <summary>All of several conditions hold.</summary>
/// <param name="Conditions">The conditions; at least one.</param>
public sealed record AllCondition(IReadOnlyList<Condition> Conditions) : Condition
{
    private protected override string Say() => $"({string.Join(" and ", Conditions.Select(condition => condition.Text))})";
}
