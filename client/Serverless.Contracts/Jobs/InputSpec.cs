namespace Serverless.Contracts.Jobs;

/// <summary>A data set that the program reads, read-only.</summary>
public sealed record InputSpec
{
    /// <summary>The channel: the program finds the folder in <c>SERVERLESS_INPUT_{CHANNEL}</c>. Letters, digits and <c>_</c>, at most 64.</summary>
    public required string Channel { get; init; }

    /// <summary>The data set, as <c>name</c> (its newest version when the job is submitted) or <c>name@version</c>. Null only in a trigger: the data that landed.</summary>
    public string? Dataset { get; init; }

    /// <summary>Where the program finds it: a path relative to the job's folder, or with an image any absolute path outside of <c>/proc</c>, <c>/sys</c>, <c>/dev</c>, <c>/run</c>, <c>/tmp</c>, <c>/job</c> and <c>/output</c>. Default: <c>inputs/{channel}</c>.</summary>
    public string? Path { get; init; }
}
