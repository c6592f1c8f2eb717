using Serverless.Contracts.Content;

namespace Serverless.Contracts.Models;

/// <summary>What a model version came from.</summary>
public sealed record ModelLineage
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The attempt whose files it is.</summary>
    public required int Epoch { get; init; }

    /// <summary>The data, as <c>name@version</c>, by channel.</summary>
    public IReadOnlyDictionary<string, string> Datasets { get; set; } = new Dictionary<string, string>();

    /// <summary>The program: the command, or <c>algorithm:{name}</c>.</summary>
    public required string Program { get; init; }

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>The code, by content.</summary>
    public IReadOnlyList<ContentFile> Code { get; set; } = [];

    /// <summary>The git commit of the code.</summary>
    public string? GitCommit { get; init; }
}
