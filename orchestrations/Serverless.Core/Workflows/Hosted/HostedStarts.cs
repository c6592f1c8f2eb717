using System.Text.Json;
using Serverless.Contracts.Problems;
using Serverless.Core.Documents;
using Serverless.Core.Failures;

namespace Serverless.Core.Workflows.Hosted;

/// <summary>
/// Starts instances once, and keeps events for those that have not started: an engine may start an instance twice that two ask for at once, start one anew that has ended, and drop events
/// for one that it does not know. Both rest on one document for each instance, which is there only while it is needed.
/// </summary>
public sealed class HostedStarts
{
    private const int Tries = 50;

    private readonly IHostedEngine engine;
    private readonly HostedPendingSet pending;
    private readonly WorkflowCatalog catalog;
    private readonly HostedLimits limits;
    private readonly TimeProvider clock;

    /// <summary>Makes it.</summary>
    public HostedStarts(IHostedEngine engine, IDocumentStore documents, WorkflowCatalog catalog, HostedLimits limits, TimeProvider clock)
    {
        this.engine = engine;
        pending = new HostedPendingSet(documents);
        this.catalog = catalog;
        this.limits = limits;
        this.clock = clock;
    }

    /// <summary>Starts an instance; false when one with that id is known, or somebody else is starting it.</summary>
    internal async Task<bool> StartAsync(string workflow, string instanceId, string input, string? caller, CancellationToken cancel)
    {
        if (!catalog.Workflows.ContainsKey(workflow))
            throw Fail.NotFound("workflow", workflow, $"Known are: {string.Join(", ", catalog.Workflows.Keys.Order(StringComparer.Ordinal))}.");
        if (await engine.FindAsync(instanceId, cancel) is not null || await ClaimAsync(instanceId, cancel) is not { } claimed)
            return false;

        // Who looked before the claim may have looked before another's start.
        var started = await engine.FindAsync(instanceId, cancel) is null;
        if (started)
        {
            var now = clock.GetUtcNow();
            var start = new HostedStart
            {
                Input = input,
                StartedAt = now,
                Caller = caller,
                Changes = catalog.Changes,
                Events = [.. claimed.Events.Where(one => one.At is { } at && at > now - limits.EarlyEventsFor)],
            };
            started = await engine.ScheduleAsync(FunctionNames.Of(workflow), instanceId, JsonSerializer.Serialize(start, HostedJson.Default.HostedStart), cancel);
        }

        await ReleaseAsync(instanceId, started ? claimed.Events.Count : 0, cancel);
        return started;
    }

    /// <summary>Keeps an event for an instance that is not known, unless it has become known meanwhile.</summary>
    internal async Task KeepAsync(string instanceId, HostedMessage message, CancellationToken cancel)
    {
        await AddAsync(instanceId, message with { At = clock.GetUtcNow() }, cancel);
        if (await engine.FindAsync(instanceId, cancel) is not null && await pending.FindAsync(instanceId, cancel) is { StartsUntil: null })
            await ReleaseAsync(instanceId, 0, cancel);
    }

    /// <summary>Starts a called workflow unless it is known, and says how it stands. Twice does no harm: the second time it is known.</summary>
    internal async Task<HostedAnswer> LookAsync(HostedLook look, CancellationToken cancel)
    {
        var found = await engine.FindAsync(look.InstanceId, cancel);
        if (found is null)
        {
            await StartAsync(look.Workflow, look.InstanceId, look.Input, look.Caller, cancel);
            // Whoever terminated the caller meanwhile did not find what it called.
            if (await engine.FindAsync(look.Caller, cancel) is { Status: WorkflowStatus.Terminated })
                await engine.TerminateAsync(look.InstanceId, $"'{look.Caller}', which called it, was terminated.", cancel);
            found = await engine.FindAsync(look.InstanceId, cancel);
        }

        return found?.Status switch
        {
            WorkflowStatus.Completed => new HostedAnswer { Output = found.Output ?? "null" },
            WorkflowStatus.Failed or WorkflowStatus.Terminated => new HostedAnswer { Failure = HostedStates.FailureOf(found)! with { Retryable = false } },
            _ => new HostedAnswer { Runs = true },
        };
    }

    /// <summary>The right to start an instance, for a time; null when another has it.</summary>
    private async Task<HostedPending?> ClaimAsync(string instanceId, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var now = clock.GetUtcNow();
            if (await pending.ReadAsync(instanceId, cancel) is not var (found, eTag))
            {
                var mine = new HostedPending(instanceId) { StartsUntil = now + limits.StartTakes };
                if (await pending.CreateAsync(mine, cancel))
                    return mine;
            }
            else if (found.StartsUntil > now)
            {
                return null;
            }
            else
            {
                var mine = found with { StartsUntil = now + limits.StartTakes };
                if (await pending.ReplaceAsync(mine, eTag, cancel))
                    return mine;
            }
        }

        throw Busy(instanceId);
    }

    /// <summary>Sends what came meanwhile, and removes the document.</summary>
    /// <param name="instanceId">The instance, which is known by now.</param>
    /// <param name="sent">How many of the events went with the start.</param>
    /// <param name="cancel">Breaks off; whoever starts or sends next completes it.</param>
    private async Task ReleaseAsync(string instanceId, int sent, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await pending.ReadAsync(instanceId, cancel) is not var (found, eTag))
                return;
            for (; sent < found.Events.Count; sent++)
                await engine.SendAsync(instanceId, JsonSerializer.Serialize(found.Events[sent], HostedJson.Default.HostedMessage), cancel);
            if (await pending.DeleteAsync(instanceId, eTag, cancel))
                return;
        }
    }

    private async Task AddAsync(string instanceId, HostedMessage message, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await pending.ReadAsync(instanceId, cancel) is not var (found, eTag))
            {
                if (await pending.CreateAsync(new HostedPending(instanceId) { Events = [message] }, cancel))
                    return;
                continue;
            }

            HostedMessage[] events = [.. found.Events, message];
            if (events.Length > limits.EarlyEvents || events.Sum(one => (long)one.Payload.Length) > limits.PayloadBytes)
                throw new ServerlessException(ProblemCodes.Unavailable, $"{found.Events.Count} events wait for the instance '{instanceId}', which has not started; the limit is {limits.EarlyEvents} events and {limits.PayloadBytes:N0} bytes.",
                    "Start the instance, or send later.", retryable: true);
            if (await pending.ReplaceAsync(found with { Events = events }, eTag, cancel))
                return;
        }

        throw Busy(instanceId);
    }

    private static ServerlessException Busy(string instanceId) =>
        Fail.Conflict($"Others changed what waits for the start of the instance '{instanceId}' {Tries} times in between.", "Try again.", retryable: true);
}
