using Serverless.Contracts.Jobs;

namespace Serverless.Contracts.Triggers;

/// <summary>Starts a job for data that lands under a prefix.</summary>
public sealed record TriggerSpec
{
    /// <summary>The path that is watched: the data set's name, then any part of the path below it, such as <c>digits/</c> or <c>sales/2026/</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>The job that is started; an input without a data set gets the version that landed.</summary>
    public required JobSpec Job { get; init; }
}
