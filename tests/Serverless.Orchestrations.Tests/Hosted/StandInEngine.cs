using System.Runtime.CompilerServices;
using System.Text.Json;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;

namespace Serverless.Orchestrations.Tests.Hosted;

/// <summary>The client side of a hosted engine, played by the embedded one. It drops what such an engine drops: messages for instances that it does not know.</summary>
internal sealed class StandInEngine(IWorkflowClient below) : IHostedEngine
{
    public async Task<bool> ScheduleAsync(string function, string instanceId, string input, CancellationToken cancel) =>
        await below.StartAsync(new WorkflowName<JsonElement, JsonElement>(function), instanceId, JsonSerializer.Deserialize<JsonElement>(input), cancel);

    public async Task SendAsync(string instanceId, string message, CancellationToken cancel)
    {
        if (await below.FindAsync(instanceId, cancel) is not null)
            await below.RaiseAsync(instanceId, StandInTurn.Inbox, message, cancel);
    }

    public async Task<HostedInstance?> FindAsync(string instanceId, CancellationToken cancel) =>
        await below.FindAsync(instanceId, cancel) is { } state ? Told(state) : null;

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancel) => below.TerminateAsync(instanceId, reason, cancel);

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) => below.PurgeAsync(instanceId, cancel);

    public async IAsyncEnumerable<HostedInstance> ListAsync(bool? hasEnded, DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var state in await below.ListAsync(null, 1_000, cancel))
        {
            if ((hasEnded is null || hasEnded == (state.Status != WorkflowStatus.Running)) && (from is null || state.CreatedAt >= from) && (to is null || state.CreatedAt < to))
                yield return Told(state);
        }
    }

    private static HostedInstance Told(WorkflowState state) => new(state.InstanceId, state.Workflow, state.Status, state.CreatedAt, state.UpdatedAt)
    {
        Input = state.Input,
        Output = state.Status == WorkflowStatus.Terminated ? JsonSerializer.Serialize(state.Failure!.Message) : state.Output,
        CustomStatus = state.CustomStatus,
        ErrorType = state.Failure is { } failure ? "Stand.In." + failure.Code : null,
        ErrorMessage = state.Failure?.Message,
    };
}
