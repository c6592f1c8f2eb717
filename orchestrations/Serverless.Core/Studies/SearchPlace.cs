namespace Serverless.Core.Studies;

/// <summary>Where a study's search (its trials, its sampler's memory, its generator) is stored: a whole of some time ago, and what changed since, in order.</summary>
/// <param name="Revision">Counts the changes from 1.</param>
/// <param name="Whole">The path of the whole.</param>
/// <param name="WholeBytes">Its length.</param>
public sealed record SearchPlace(int Revision, string Whole, long WholeBytes)
{
    /// <summary>The paths of the changes since, in order.</summary>
    public IReadOnlyList<string> Changes { get; set; } = [];

    /// <summary>Their length together.</summary>
    public long ChangeBytes { get; init; }
}
