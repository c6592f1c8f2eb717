namespace Serverless.Core.Documents;

/// <summary>When a write happens.</summary>
public readonly record struct DocumentCondition
{
    private DocumentCondition(string? eTag, bool absent) => (ETag, IsAbsent) = (eTag, absent);

    /// <summary>The ETag that must be there.</summary>
    public string? ETag { get; }

    /// <summary>Whether nothing may be there.</summary>
    public bool IsAbsent { get; }

    /// <summary>Always.</summary>
    public static DocumentCondition Always => default;

    /// <summary>Only when nothing is there.</summary>
    public static DocumentCondition Absent => new(null, true);

    /// <summary>Only when the document is unchanged.</summary>
    public static DocumentCondition Unchanged(string eTag) => new(eTag, false);
}
