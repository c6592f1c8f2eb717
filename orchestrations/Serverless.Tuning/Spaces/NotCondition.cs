namespace Serverless.Tuning.Spaces;

/// <summary>A condition does not hold.</summary>
/// <param name="Negated">The condition.</param>
public sealed record NotCondition(Condition Negated) : Condition
{
    /// <inheritdoc/>
    public override string Text => $"not {Negated.Text}";
}
