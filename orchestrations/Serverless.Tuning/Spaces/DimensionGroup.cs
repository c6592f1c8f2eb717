namespace Serverless.Tuning.Spaces;

/// <summary>Dimensions that are there under the same condition, so always together: what a sampler may model jointly.</summary>
/// <param name="When">The condition; null: always.</param>
/// <param name="Dimensions">The dimensions that are searched, in the order of the space; those with one value only are not among them.</param>
public sealed record DimensionGroup(Condition? When, IReadOnlyList<Dimension> Dimensions);
