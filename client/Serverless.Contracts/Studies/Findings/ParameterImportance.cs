namespace Serverless.Contracts.Studies.Findings;

/// <summary>How much a parameter matters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Importance">Its part of all parameters' values: together 1, or 0 for all when none matters.</param>
/// <param name="Value">By the method's own measure: with fANOVA the part of the variance that it explains by itself, 0 to 1; with PED-ANOVA a divergence from 0. Of a parameter that is not always there: among the trials where it is.</param>
/// <param name="Trials">In how many of the trials it is there.</param>
public sealed record ParameterImportance(string Name, double Importance, double Value, int Trials)
{
    /// <summary>With fANOVA: the standard deviation of the value over the trees.</summary>
    public double? Spread { get; init; }
}
