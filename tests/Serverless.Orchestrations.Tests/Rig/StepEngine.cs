using System.Globalization;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Replay;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>
/// An engine that takes one step at a time on one thread: every turn replays the whole history on a new machine, as after a restart, so that each step of a workflow is also a
/// test of its replay. Time stands still until a test moves it. A crash (<see cref="CrashException"/>) loses what was not stored.
/// </summary>
internal sealed class StepEngine(WorkflowCatalog catalog, IServiceProvider services, ManualTime clock) : IWorkflowClient
{
    private static readonly MachineLimits Limits = new(256 * 1024, 16 * 1024, 1_000);
    private readonly Dictionary<string, StepInstance> instances = [];
    private readonly Dictionary<string, List<EventCame>> early = [];

    /// <summary>Whether each activity runs twice and only its second result counts: every message is delivered twice.</summary>
    public bool Twice { get; set; }

    /// <summary>The most history events that any run had.</summary>
    public int LongestHistory { get; private set; }

    public IReadOnlyList<string> History(string id) => instances[id].History;

    public Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, CancellationToken cancel) =>
        Task.FromResult(Start(workflow.Name, instanceId, catalog.Write(input)));

    public Task RaiseAsync<T>(string instanceId, string name, T payload, CancellationToken cancel)
    {
        var came = new EventCame { At = clock.GetUtcNow(), Name = name, Payload = catalog.Write(payload) };
        if (instances.TryGetValue(instanceId, out var instance))
            instance.Inbox.Enqueue(came);
        else if (early.TryGetValue(instanceId, out var kept))
            kept.Add(came);
        else
            early[instanceId] = [came];
        return Task.CompletedTask;
    }

    public Task<WorkflowState?> FindAsync(string instanceId, CancellationToken cancel) =>
        Task.FromResult(instances.TryGetValue(instanceId, out var instance) ? instance.State(instanceId, clock.GetUtcNow()) : null);

    public Task<WorkflowState?> WaitAsync(string instanceId, TimeSpan wait, CancellationToken cancel) => FindAsync(instanceId, cancel);

    public Task<bool> TerminateAsync(string instanceId, string reason, CancellationToken cancel)
    {
        var runs = instances.TryGetValue(instanceId, out var instance) && instance.Status == WorkflowStatus.Running;
        if (runs)
            instance!.End(WorkflowStatus.Terminated, null, new WorkflowFailure("terminated", reason, null, false));
        return Task.FromResult(runs);
    }

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) =>
        Task.FromResult(instances.TryGetValue(instanceId, out var instance) && instance.Status != WorkflowStatus.Running && instances.Remove(instanceId));

    public Task<int> PurgeEndedAsync(DateTimeOffset before, int limit, CancellationToken cancel)
    {
        var old = instances.Where(pair => pair.Value.Status != WorkflowStatus.Running && pair.Value.EndedAt < before).Select(pair => pair.Key).Take(limit).ToList();
        old.ForEach(id => instances.Remove(id));
        return Task.FromResult(old.Count);
    }

    public Task<IReadOnlyList<WorkflowState>> ListAsync(WorkflowStatus? status, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<WorkflowState>>(
            [.. instances.Select(pair => pair.Value.State(pair.Key, clock.GetUtcNow())).Where(state => status is null || state.Status == status).Take(limit)]);

    /// <summary>Ends an instance as a fault of its code would.</summary>
    public void Break(string id, string message, string code = "Broken") => instances[id].End(WorkflowStatus.Failed, null, new WorkflowFailure(code, message, null, false));

    /// <summary>Lets an instance stand still as a damaged history would.</summary>
    public void Park(string id, string message) => instances[id].Parked = new WorkflowFailure("internal", message, null, false);

    /// <summary>Loses an instance, as a lost store would.</summary>
    public void Forget(string id) => instances.Remove(id);

    /// <summary>Takes steps until nothing is due.</summary>
    public async Task PumpAsync(CancellationToken cancel)
    {
        for (var steps = 0; await StepAsync(cancel); steps++)
            Assert.True(steps < 20_000, "The workflows never come to rest.");
    }

    /// <summary>When the next timer or retry is due; null when there is none.</summary>
    public DateTimeOffset? NextDue() =>
        instances.Values.Where(one => one.Status == WorkflowStatus.Running).SelectMany(one => one.Timers.Values.Concat(one.Activities.Values.Select(run => run.Due))).Cast<DateTimeOffset?>().Min();

    private bool Start(string workflow, string id, string input)
    {
        if (instances.ContainsKey(id))
            return false;
        var instance = new StepInstance(workflow, clock);
        instance.Begin(input, 0, clock.GetUtcNow(), early.Remove(id, out var kept) ? kept : []);
        instances[id] = instance;
        return true;
    }

    public async Task<bool> StepAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, instance) in instances.Where(pair => pair.Value is { Status: WorkflowStatus.Running, Parked: null }).ToList())
        {
            if (instance.Inbox.Count > 0)
            {
                Turn(id, instance);
                return true;
            }

            if (instance.Activities.Where(pair => pair.Value.Due <= now).OrderBy(pair => pair.Key).Select(pair => pair.Value).FirstOrDefault() is { } run)
            {
                instance.Inbox.Enqueue(await RunAsync(id, run, cancel));
                return true;
            }

            if (instance.Timers.Where(pair => pair.Value <= now).Select(pair => (long?)pair.Key).FirstOrDefault() is { } timer)
            {
                instance.Timers.Remove(timer);
                instance.Inbox.Enqueue(new TimerFired { At = now, Call = timer });
                return true;
            }
        }

        return false;
    }

    private async Task<ArrivedEvent> RunAsync(string id, TurnAction.RunActivity run, CancellationToken cancel)
    {
        for (var times = Twice ? 2 : 1; ; times--)
        {
            try
            {
                var output = await catalog.Activities[run.Name].RunAsync(services, new ActivityCall(id, run.Call, run.Attempt), run.Input, cancel);
                if (times <= 1)
                    return new ActivityCompleted { At = clock.GetUtcNow(), Call = run.Call, Output = output };
            }
            catch (CrashException)
            {
                times = 2;
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                return new ActivityFailed { At = clock.GetUtcNow(), Call = run.Call, Attempt = run.Attempt, Failure = WorkflowFailures.Of(error) };
            }
        }
    }

    private void Turn(string id, StepInstance instance)
    {
        var machine = new WorkflowMachine(id, catalog, Limits);
        if (instance.History.Count > 0)
            machine.Replay([.. instance.History.Select(HistoryJson.Read)]);
        var turn = machine.Run([.. instance.TakeInbox(clock.GetUtcNow())]);
        instance.History.AddRange(turn.Events.Select(HistoryJson.Write));
        LongestHistory = Math.Max(LongestHistory, instance.History.Count);
        foreach (var action in turn.Actions)
            Follow(id, instance, action);
        switch (turn.Ending)
        {
            case TurnEnding.Completed completed:
                instance.End(WorkflowStatus.Completed, completed.Output, null);
                break;
            case TurnEnding.Failed failed:
                instance.End(WorkflowStatus.Failed, null, failed.Failure);
                break;
            case TurnEnding.ContinuedAsNew next:
                instance.Begin(next.Input, next.Calls, clock.GetUtcNow(), next.Untaken);
                break;
        }
    }

    private void Follow(string id, StepInstance instance, TurnAction action)
    {
        switch (action)
        {
            case TurnAction.RunActivity run:
                instance.Activities[run.Call] = run;
                break;
            case TurnAction.DropActivity drop:
                instance.Activities.Remove(drop.Call);
                break;
            case TurnAction.SetTimer timer:
                instance.Timers[timer.Call] = timer.Due;
                break;
            case TurnAction.DropTimer drop:
                instance.Timers.Remove(drop.Call);
                break;
            case TurnAction.StartWorkflow child:
                Start(child.Workflow, child.InstanceId, child.Input);
                instances[child.InstanceId].Tell(outcome => instances[id].Inbox.Enqueue(outcome(child.Call)), clock.GetUtcNow());
                break;
            default:
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The action {action} is not known here."));
        }
    }
}
