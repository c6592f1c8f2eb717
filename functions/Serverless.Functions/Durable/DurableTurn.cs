using System.Text.Json;
using Microsoft.DurableTask;
using Serverless.Core.Workflows.Hosted;

namespace Serverless.Functions.Durable;

/// <summary>One run of an orchestrator function. The name stays out of messages: every message of ours goes under <see cref="Inbox"/>.</summary>
internal sealed class DurableTurn(TaskOrchestrationContext context) : IHostedTurn
{
    public const string Inbox = "serverless";

    public string InstanceId => context.InstanceId;

    public DateTimeOffset UtcNow => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    public bool IsReplaying => context.IsReplaying;

    public async Task<string> CallAsync(string function, string input)
    {
        try
        {
            return Wire.Text(await context.CallActivityAsync<JsonElement>(function, Wire.Element(input)));
        }
        catch (TaskFailedException error)
        {
            throw new HostedCallException(HostedFailures.Read(error.FailureDetails.ErrorType, error.FailureDetails.ErrorMessage));
        }
    }

    public Task TimerAsync(DateTimeOffset due, CancellationToken cancel) => context.CreateTimer(due.UtcDateTime, cancel);

    public async Task<string> NextMessageAsync() => Wire.Text(await context.WaitForExternalEvent<JsonElement>(Inbox));

    public void Send(string instanceId, string message) => context.SendEvent(instanceId, Inbox, Wire.Element(message));

    public void SetStatus(string json) => context.SetCustomStatus(Wire.Element(json));

    public void ContinueAsNew(string input) => context.ContinueAsNew(Wire.Element(input), preserveUnprocessedEvents: true);
}
