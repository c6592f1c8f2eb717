namespace Serverless.Contracts.Jobs;

/// <summary>What a job runs on.</summary>
public sealed record ResourceSpec
{
    /// <summary>The pool whose nodes may claim the job. Default: <c>local</c>.</summary>
    public string Pool { get; set; } = "local";
}
