namespace Serverless.Contracts.Content;

/// <summary>Bounds on files, the same for everybody who sends or takes them.</summary>
public static class ContentLimits
{
    /// <summary>Longest relative path, in characters: what the smallest of the stores that we use can name, less our own prefix.</summary>
    public const int PathLength = 512;

    /// <summary>Longest segment of a path, in bytes of UTF-8: the limit of Linux file systems.</summary>
    public const int SegmentBytes = 255;

    /// <summary>Most files in one data set version, one code folder or one job's output.</summary>
    public const int Files = 10_000;
}
