namespace Serverless.Core.Workflows;

/// <summary>The result of what has none.</summary>
public sealed record Nothing
{
    /// <summary>The only value.</summary>
    public static Nothing Value { get; } = new();
}
