namespace Serverless.Client.Http;

/// <summary>Which page of a list.</summary>
public sealed record PageRequest
{
    /// <summary>Most rows, 1 to 200; null: 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>Next</c> of the page before; null: the first page.</summary>
    public string? After { get; init; }
}
