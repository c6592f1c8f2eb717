namespace Serverless.Core.Workflows.Hosted;

/// <summary>Makes what is known of an instance of what its engine tells.</summary>
internal static class HostedStates
{
    /// <summary>The state.</summary>
    /// <param name="one">What the engine tells.</param>
    /// <param name="workflows">The catalogue's names by function.</param>
    public static WorkflowState Of(HostedInstance one, IReadOnlyDictionary<string, string> workflows)
    {
        var start = HostedJson.TryRead(one.Input, HostedJson.Default.HostedStart);
        var status = HostedJson.TryRead(one.CustomStatus, HostedJson.Default.HostedStatus)?.Status;
        return new WorkflowState
        {
            InstanceId = one.InstanceId,
            Workflow = workflows.GetValueOrDefault(one.Function, one.Function),
            Status = one.Status,
            CustomStatus = status == "null" ? null : status,
            Input = start?.Input,
            Output = one.Status == WorkflowStatus.Completed ? one.Output : null,
            Failure = FailureOf(one),
            CreatedAt = start?.StartedAt ?? one.CreatedAt,
            UpdatedAt = one.UpdatedAt,
        };
    }

    /// <summary>Why it failed or was terminated; null when it did not.</summary>
    public static WorkflowFailure? FailureOf(HostedInstance one) => one.Status switch
    {
        WorkflowStatus.Failed => HostedFailures.Read(one.ErrorType, one.ErrorMessage),
        WorkflowStatus.Terminated => HostedFailures.OfTermination(one.InstanceId, one.Output),
        WorkflowStatus.Running or WorkflowStatus.Completed => null,
        _ => throw new ArgumentOutOfRangeException(nameof(one), one.Status, null),
    };
}
