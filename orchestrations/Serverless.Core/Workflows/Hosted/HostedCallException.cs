namespace Serverless.Core.Workflows.Hosted;

/// <summary>The engine could not run a function, or its answer was lost: a function that is not there, a host that went down, a time-out of the host's.</summary>
/// <param name="failure">Why, by <see cref="HostedFailures.Read"/>.</param>
public sealed class HostedCallException(WorkflowFailure failure) : Exception(failure.Message)
{
    /// <summary>Why.</summary>
    public WorkflowFailure Failure { get; } = failure;
}
