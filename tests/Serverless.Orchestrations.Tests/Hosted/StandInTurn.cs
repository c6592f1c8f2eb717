using System.Text.Json;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;

namespace Serverless.Orchestrations.Tests.Hosted;

/// <summary>What a hosted engine gives a run, played by the embedded one: every call, event and timer of the hosted side is a plain one below.</summary>
internal sealed class StandInTurn(IWorkflowContext below, List<(string InstanceId, string Message)> sent) : IHostedTurn
{
    public const string Inbox = "inbox";
    public static readonly ActivityName<StandInSend, Nothing> SendActivity = new("stand-in-send");

    public string InstanceId => below.InstanceId;

    public DateTimeOffset UtcNow => below.UtcNow;

    public bool IsReplaying => below.IsReplaying;

    public async Task<string> CallAsync(string function, string input)
    {
        try
        {
            return (await below.CallAsync(new ActivityName<JsonElement, JsonElement>(function), JsonSerializer.Deserialize<JsonElement>(input))).GetRawText();
        }
        catch (ActivityFailedException error)
        {
            throw new HostedCallException(HostedFailures.Read("Stand.In." + error.Failure.Code, error.Failure.Message));
        }
    }

    public Task TimerAsync(DateTimeOffset due, CancellationToken cancel) => below.TimerAsync(due, cancel);

    public Task<string> NextMessageAsync() => below.WaitForEventAsync<string>(Inbox);

    /// <summary>The stand-in has no messages between runs: they go when the run ends.</summary>
    public void Send(string instanceId, string message) => sent.Add((instanceId, message));

    public void SetStatus(string json) => below.SetStatus(JsonSerializer.Deserialize<JsonElement>(json));

    public void ContinueAsNew(string input) => below.ContinueAsNew(JsonSerializer.Deserialize<JsonElement>(input));
}

internal sealed record StandInSend(string InstanceId, string Message);
