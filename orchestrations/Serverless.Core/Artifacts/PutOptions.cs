namespace Serverless.Core.Artifacts;

/// <summary>Conditions of a put. Default: overwrite whatever is there.</summary>
public sealed record PutOptions
{
    /// <summary>Overwrite whatever is there.</summary>
    public static PutOptions Overwrite { get; } = new();

    /// <summary>Only when nothing is there.</summary>
    public static PutOptions CreateOnly { get; } = new() { IfAbsent = true };

    /// <summary>Only when nothing is there; otherwise <c>conflict</c>.</summary>
    public bool IfAbsent { get; init; }

    /// <summary>Only when this ETag is there; otherwise <c>conflict</c>.</summary>
    public string? IfMatch { get; init; }

    /// <summary>The SHA-256 that the bytes must have (lower-case hexadecimal); otherwise <c>hash_mismatch</c> and nothing changes.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The most bytes that are taken; more: <c>too_large</c> and nothing changes. Default: 64 GiB.</summary>
    public long MaxBytes { get; init; } = 64L << 30;
}
