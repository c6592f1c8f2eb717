namespace Serverless.Tuning.Spaces;

/// <summary>A search space as it is written down and saved.</summary>
/// <param name="Parameters">The parameters, in the order in which programs get them.</param>
public sealed record SpaceDescription(IReadOnlyList<Parameter> Parameters)
{
    /// <summary>Combinations that are never tried: a point for which one of these holds.</summary>
    public IReadOnlyList<Condition> Forbidden { get; init; } = [];
}
