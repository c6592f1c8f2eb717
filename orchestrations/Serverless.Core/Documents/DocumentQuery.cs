namespace Serverless.Core.Documents;

/// <summary>Which documents are wanted.</summary>
/// <param name="Kind">Their kind.</param>
public sealed record DocumentQuery(string Kind)
{
    /// <summary>Values that the summary must have; all of them.</summary>
    public IReadOnlyDictionary<string, string> Where { get; init; } = new Dictionary<string, string>();

    /// <summary>A part of the name or the id, without regard to case (ASCII); null: any.</summary>
    public string? Contains { get; init; }

    /// <summary>Most documents in the page, 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where the last page ended (<see cref="DocumentPage.Next"/>); null: from the newest. A text that is none gives <c>invalid_input</c>.</summary>
    public string? After { get; init; }
}
