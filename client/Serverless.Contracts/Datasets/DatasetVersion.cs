using Serverless.Contracts.Content;

namespace Serverless.Contracts.Datasets;

/// <summary>One version of a data set. It never changes: its version is the hash of its content.</summary>
public sealed record DatasetVersion
{
    /// <summary>The data set's name, the first segment of the path under which it landed.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 over the sorted lines <c>sha256 path</c> of its files, 64 lower-case hexadecimal digits. Any unambiguous prefix of at least 8 digits names it too.</summary>
    public required string Version { get; init; }

    /// <summary>Its files, sorted by path.</summary>
    public required IReadOnlyList<ContentFile> Files { get; init; }

    /// <summary>Sum of the files' sizes in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>When this version first landed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it came: <c>api</c> or <c>drop</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
