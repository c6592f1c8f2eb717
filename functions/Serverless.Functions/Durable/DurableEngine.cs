using System.Runtime.CompilerServices;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;

namespace Serverless.Functions.Durable;

/// <summary>The task hub from outside.</summary>
/// <param name="slot">Its client.</param>
internal sealed class DurableEngine(DurableClientSlot slot) : IHostedEngine
{
    private static readonly OrchestrationRuntimeStatus[] Ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];
    private static readonly OrchestrationRuntimeStatus[] Live = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    public async Task<bool> ScheduleAsync(string function, string instanceId, string input, CancellationToken cancel)
    {
        var options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses([.. Ended, .. Live]);
        try
        {
            await AskAsync(client => client.ScheduleNewOrchestrationInstanceAsync(function, Wire.Element(input), options, cancel));
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    public async Task SendAsync(string instanceId, string message, CancellationToken cancel)
    {
        try
        {
            await AskAsync(async client =>
            {
                await client.RaiseEventAsync(instanceId, DurableTurn.Inbox, Wire.Element(message), cancel);
                return true;
            });
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // It has ended or was forgotten: dropped.
        }
    }

    public async Task<HostedInstance?> FindAsync(string instanceId, CancellationToken cancel) =>
        await AskAsync(client => client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancel)) is { } found ? Told(found) : null;

    public async Task TerminateAsync(string instanceId, string reason, CancellationToken cancel)
    {
        try
        {
            await AskAsync(async client =>
            {
                await client.TerminateInstanceAsync(instanceId, reason, cancel);
                return true;
            });
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // It has ended by itself meanwhile, or never began.
        }
    }

    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) =>
        (await AskAsync(client => client.PurgeInstanceAsync(instanceId, cancel))).PurgedInstanceCount > 0;

    public async IAsyncEnumerable<HostedInstance> ListAsync(bool? hasEnded, DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancel)
    {
        var query = new OrchestrationQuery(from, to, hasEnded switch { true => Ended, false => Live, null => null }, FetchInputsAndOutputs: true);
        await foreach (var one in slot.Get().GetAllInstancesAsync(query).WithCancellation(cancel))
            yield return Told(one);
    }

    private async Task<T> AskAsync<T>(Func<DurableTaskClient, Task<T>> ask)
    {
        try
        {
            return await ask(slot.Get());
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted or StatusCode.Aborted)
        {
            throw new ServerlessException(ProblemCodes.Unavailable, $"The workflow engine did not answer: {error.Status.Detail}", "Try again.", retryable: true);
        }
    }

    private static HostedInstance Told(OrchestrationMetadata one) => new(one.InstanceId, one.Name, Status(one.RuntimeStatus), one.CreatedAt, one.LastUpdatedAt)
    {
        Input = one.SerializedInput,
        Output = one.SerializedOutput,
        CustomStatus = one.SerializedCustomStatus,
        ErrorType = one.FailureDetails?.ErrorType,
        ErrorMessage = one.FailureDetails?.ErrorMessage,
    };

    private static WorkflowStatus Status(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Completed => WorkflowStatus.Completed,
        OrchestrationRuntimeStatus.Failed => WorkflowStatus.Failed,
        OrchestrationRuntimeStatus.Terminated => WorkflowStatus.Terminated,
        _ => WorkflowStatus.Running, // pending, running, suspended, and two obsolete ones
    };
}
