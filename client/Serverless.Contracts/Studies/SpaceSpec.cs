namespace Serverless.Contracts.Studies;

/// <summary>A search space.</summary>
public sealed record SpaceSpec
{
    /// <summary>The parameters, in the order in which programs get them; 1 to 100.</summary>
    public required IReadOnlyList<ParameterSpec> Parameters { get; init; }

    /// <summary>Combinations that are never tried: those for which one of these holds.</summary>
    public IReadOnlyList<ConditionSpec> Forbidden { get; set; } = [];
}
