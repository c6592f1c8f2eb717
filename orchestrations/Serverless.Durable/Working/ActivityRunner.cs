using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Options;
using Serverless.Durable.Storage;

namespace Serverless.Durable.Working;

/// <summary>Runs activities, a bounded number at once, and hands their outcomes to their instances. What the process does not finish runs again after the next start.</summary>
internal sealed class ActivityRunner(
    IWorkflowStore store,
    WorkflowCatalog catalog,
    IServiceScopeFactory scopes,
    DurableOptions options,
    Action<long, ArrivedEvent> deliver,
    Action<TimeSpan, Action> later,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan AfterReadFailure = TimeSpan.FromSeconds(1);

    private readonly Channel<(long Key, long Call, int Done)> queue = Channel.CreateUnbounded<(long, long, int)>(); // bounded by what the store holds; keys only
    private readonly ConcurrentDictionary<(long Key, long Call), bool> known = new(); // true: it was asked for again meanwhile

    /// <summary>Queues an activity that is due; one that is queued or running is looked at again afterwards.</summary>
    public void Enqueue(long key, long call) => Enqueue(key, call, 0);

    /// <summary>Runs activities until it is cancelled; ends once those under way have ended.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, options.MaxActivities).Select(_ => Task.Run(() => LoopAsync(stop), CancellationToken.None)));

    private async Task LoopAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var (key, call, done) in queue.Reader.ReadAllAsync(stop))
            {
                if (stop.IsCancellationRequested)
                    return;
                var task = Read(key, call);
                var outcome = task is not null && task.Attempt > done && await MayStartAsync(task, key) ? await RunOneAsync(task, stop) : null;
                known.TryRemove((key, call), out var isAskedAgain);
                if (outcome is not null)
                    deliver(key, outcome);
                if (isAskedAgain && task is not null)
                    Enqueue(key, call, task.Attempt);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private void Enqueue(long key, long call, int done)
    {
        if (known.TryAdd((key, call), false))
            queue.Writer.TryWrite((key, call, done));
        else if (!known.TryUpdate((key, call), true, false) && !known.ContainsKey((key, call)))
            Enqueue(key, call, done);
    }

    private ActivityTask? Read(long key, long call)
    {
        try
        {
            return store.Activity(key, call);
        }
        catch (ServerlessException error)
        {
            logger.SweepFailed(error.Message);
            later(AfterReadFailure, () => Enqueue(key, call));
            return null;
        }
    }

    /// <summary>Counts the start of an activity that a process may have ended with: one more commit, but only after an unclean end, and for what was under way then.</summary>
    private async Task<bool> MayStartAsync(ActivityTask task, long key)
    {
        if (task.Starts == 0 || task.Starts >= options.MaxStarts)
            return true;
        try
        {
            await store.CountStartAsync(key, task.Call, task.Attempt, CancellationToken.None);
            return true;
        }
        catch (ServerlessException error)
        {
            logger.SweepFailed(error.Message);
            later(AfterReadFailure, () => Enqueue(key, task.Call));
            return false;
        }
    }

    private async Task<ArrivedEvent?> RunOneAsync(ActivityTask task, CancellationToken stop)
    {
        try
        {
            var output = await RunAsync(task, stop);
            return new ActivityCompleted { At = time.GetUtcNow(), Call = task.Call, Output = PayloadLimit.Within(output, options.MaxPayloadBytes, "result", task.Name) };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error)
        {
            var failure = WorkflowFailures.Of(error);
            logger.ActivityFailed(task.Name, task.InstanceId, task.Attempt, failure.Code, failure.Message);
            return new ActivityFailed { At = time.GetUtcNow(), Call = task.Call, Attempt = task.Attempt, Failure = failure };
        }
    }

    private async Task<string> RunAsync(ActivityTask task, CancellationToken stop)
    {
        if (!catalog.Activities.TryGetValue(task.Name, out var entry))
            throw new ServerlessException("unknown_activity", $"There is no activity '{task.Name}' here.", "Run the version that has it.");
        if (task.Starts >= options.MaxStarts)
            throw new ServerlessException("activity_ends_process", $"The activity '{task.Name}' was started {task.Starts:N0} times, and each time the host's process ended before it did; the limit is {options.MaxStarts:N0}.",
                "See in the host's and the system's log what ended the process (memory, a crash in native code), mend it, and ask again for what called it.");
        await using var scope = scopes.CreateAsyncScope();
        return await entry.RunAsync(scope.ServiceProvider, new ActivityCall(task.InstanceId, task.Call, task.Attempt), task.Input, stop);
    }
}
