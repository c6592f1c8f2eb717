namespace Serverless.Tuning.Spaces;

/// <summary>A condition does not hold.</summary>
/// <param name="Negated">The condition.</param>
public sealed record NotCondition(Condition Negated) : Condition
{
    private protected override string Say() => $"not {Negated.Text}";
}
