namespace Serverless.Contracts.Experiments;

/// <summary>What is to be said of an experiment; what is left out stays.</summary>
public sealed record ExperimentChange
{
    /// <summary>What it is about, at most 4,000 characters; an empty text removes it. The text that it replaces is kept as a note.</summary>
    public string? Description { get; init; }

    /// <summary>Tags to set, by name; an empty value removes one. The others stay.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();
}
