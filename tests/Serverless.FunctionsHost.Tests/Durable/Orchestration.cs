using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Serverless.FunctionsHost.Tests.Host;
using Serverless.FunctionsHost.Tests.Protocol;
using Serverless.FunctionsHost.Tests.Protocol.Durable;

namespace Serverless.FunctionsHost.Tests.Durable;

/// <summary>One instance of an orchestrator function: keeps its history and runs its turns in the worker, as the Durable extension does.</summary>
/// <param name="host">The host of the worker.</param>
/// <param name="function">The orchestrator function.</param>
/// <param name="instanceId">Its instance.</param>
/// <param name="input">Its input as JSON.</param>
/// <param name="start">When it begins.</param>
internal sealed class Orchestration(WorkerHost host, string function, string instanceId, string input, DateTimeOffset start)
{
    private readonly List<HistoryEvent> past = [];
    private WorkerHost host = host;
    private DateTimeOffset now = start;

    /// <summary>Runs the first turn.</summary>
    public Task<OrchestratorResponse> BeginAsync() => TurnAsync(new HistoryEvent
    {
        ExecutionStarted = new() { Name = function, Input = input, OrchestrationInstance = new() { InstanceId = instanceId, ExecutionId = $"{instanceId}-1" } },
    });

    /// <summary>Runs the turn after an activity's result.</summary>
    /// <param name="task">The action that asked for it.</param>
    /// <param name="result">What it returned, as JSON.</param>
    public Task<OrchestratorResponse> CompleteAsync(OrchestratorAction task, string result) =>
        TurnAsync(new HistoryEvent { TaskCompleted = new() { TaskScheduledId = task.Id, Result = result } });

    /// <summary>Runs the turn after a timer.</summary>
    /// <param name="timer">The action that asked for it.</param>
    public Task<OrchestratorResponse> FireAsync(OrchestratorAction timer)
    {
        now = timer.CreateTimer.FireAt.ToDateTimeOffset();
        return TurnAsync(new HistoryEvent { TimerFired = new() { TimerId = timer.Id, FireAt = timer.CreateTimer.FireAt } });
    }

    /// <summary>The next turns run in another worker, which knows nothing but the history.</summary>
    public void MoveTo(WorkerHost other) => host = other;

    /// <summary>The only action of a turn, which is of a kind.</summary>
    public static OrchestratorAction Only(OrchestratorResponse turn, OrchestratorAction.ActionTypeOneofCase kind)
    {
        Assert.True(turn.Actions.Count == 1 && turn.Actions[0].ActionTypeCase == kind, $"Expected {kind} alone: {turn}");
        return turn.Actions[0];
    }

    private async Task<OrchestratorResponse> TurnAsync(params HistoryEvent[] news)
    {
        now += TimeSpan.FromSeconds(1);
        var opened = Opened(news);
        var response = await RunAsync(opened);
        past.AddRange(opened);
        past.AddRange(response.Actions.Select(Remembered).OfType<HistoryEvent>());
        return response;
    }

    private IReadOnlyList<HistoryEvent> Opened(HistoryEvent[] news)
    {
        var events = news.Prepend(new HistoryEvent { OrchestratorStarted = new() }).ToList();
        foreach (var one in events)
            (one.EventId, one.Timestamp) = (-1, now.ToTimestamp());
        return events;
    }

    private async Task<OrchestratorResponse> RunAsync(IReadOnlyList<HistoryEvent> news)
    {
        var request = new OrchestratorRequest { InstanceId = instanceId, ExecutionId = $"{instanceId}-1" };
        request.PastEvents.AddRange(past);
        request.NewEvents.AddRange(news);
        var parameter = host.Bound(function, "orchestrationTrigger").Single();
        var encoded = new TypedData { String = Convert.ToBase64String(request.ToByteArray()) };
        var answer = host.Succeeded(await host.InvokeAsync(function, new Dictionary<string, TypedData> { [parameter] = encoded }));
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer.ReturnValue.String));
    }

    private HistoryEvent? Remembered(OrchestratorAction action)
    {
        var kept = new HistoryEvent { EventId = action.Id, Timestamp = now.ToTimestamp() };
        switch (action.ActionTypeCase)
        {
            case OrchestratorAction.ActionTypeOneofCase.ScheduleTask:
                kept.TaskScheduled = new() { Name = action.ScheduleTask.Name, Input = action.ScheduleTask.Input };
                return kept;
            case OrchestratorAction.ActionTypeOneofCase.CreateTimer:
                kept.TimerCreated = new() { FireAt = action.CreateTimer.FireAt };
                return kept;
            case OrchestratorAction.ActionTypeOneofCase.SendEvent:
                kept.EventSent = new() { InstanceId = action.SendEvent.Instance.InstanceId, Name = action.SendEvent.Name, Input = action.SendEvent.Data };
                return kept;
            default:
                return null;
        }
    }
}
