using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Workspaces;

/// <summary>Code or data could not be brought.</summary>
internal sealed class StagingFailure(string message, JobReason reason = JobReason.InputUnavailable, Exception? inner = null) : Exception(message, inner)
{
    public JobReason Reason { get; } = reason;
}
