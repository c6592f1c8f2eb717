using Serverless.Core.Failures;

namespace Serverless.Core.Workflows;

/// <summary>A call of a workflow failed for good: its retries are used up, or no retry would help.</summary>
/// <param name="name">The activity or workflow.</param>
/// <param name="failure">Why.</param>
public sealed class ActivityFailedException(string name, WorkflowFailure failure)
    : ServerlessException(failure.Code, failure.Message, failure.Cure, failure.Retryable)
{
    /// <summary>The activity or workflow that failed.</summary>
    public string Name { get; } = name;

    /// <summary>Why.</summary>
    public WorkflowFailure Failure { get; } = failure;
}
