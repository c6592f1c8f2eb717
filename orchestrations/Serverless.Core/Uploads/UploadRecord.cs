namespace Serverless.Core.Uploads;

/// <summary>That what lies at a place was dealt with, so that a doubled or late event, and the sweep, leave it alone.</summary>
/// <param name="Path">The place.</param>
/// <param name="ETag">What lay there.</param>
/// <param name="At">When it was dealt with.</param>
public sealed record UploadRecord(string Path, string ETag, DateTimeOffset At)
{
    /// <summary>The data set version that it became.</summary>
    public string? Dataset { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Refused { get; init; }
}
