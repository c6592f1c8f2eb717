using Serverless.Agent.Hosts;
using Serverless.Agent.Retries;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Leases;

/// <summary>
/// The agent's claim on a job. It ends when the host says that the epoch is over, or when no renewal went through for as long as the claim holds: counted from the
/// moment when a renewal was sent, less a margin, so that the agent lets go before the host gives the job to another.
/// </summary>
internal sealed class Lease : IDisposable
{
    private readonly HostConnection host;
    private readonly TimeProvider clock;
    private readonly TimeSpan renewEvery;
    private readonly CancellationTokenSource lost = new();
    private readonly TaskCompletionSource stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer deadline;
    private readonly Lock gate = new();
    private long renewedAt;

    /// <summary>Begins with a fresh claim.</summary>
    public Lease(HostConnection host, JobTicket ticket, TimeSpan renewEvery, TimeProvider clock)
    {
        this.host = host;
        this.clock = clock;
        this.renewEvery = renewEvery;
        JobId = ticket.JobId;
        Epoch = ticket.Epoch;
        Seconds = ticket.LeaseSeconds;
        renewedAt = clock.GetTimestamp();
        deadline = clock.CreateTimer(_ => CheckDeadline(), null, Held, Timeout.InfiniteTimeSpan);
    }

    public string JobId { get; }

    public int Epoch { get; }

    /// <summary>Cancelled when the claim is over: kill, send nothing more.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Why it is over; null while it holds.</summary>
    public string? LostBecause { get; private set; }

    /// <summary>Completes when the host wants the program stopped.</summary>
    public Task StopAsked => stopAsked.Task;

    private double Seconds { get; set; }

    private TimeSpan Held => TimeSpan.FromSeconds(Seconds - Math.Min(1, Seconds / 10));

    /// <summary>Renews until it is cancelled or the claim is over.</summary>
    public async Task KeepAsync(CancellationToken cancel)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, Lost);
        var backOff = new BackOff(Epoch);
        var wait = renewEvery;
        while (true)
        {
            await Task.Delay(wait, clock, both.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (both.IsCancellationRequested)
                return;
            var sent = clock.GetTimestamp();
            try
            {
                Answered(sent, await host.RenewAsync(JobId, Epoch, both.Token));
                backOff.Reset();
                wait = renewEvery;
            }
            catch (HostFailure failure)
            {
                if (failure.StaleEpoch || !failure.Retryable)
                    Lose(failure.Message);
                var next = backOff.Next(failure.RetryAfter);
                wait = next < renewEvery ? next : renewEvery;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>The host accepted a message that renews.</summary>
    /// <param name="sentAt">When it was sent.</param>
    /// <param name="answer">What it said; null: nothing, so the claim holds as long as the last time.</param>
    public void Answered(long sentAt, RenewResponse? answer)
    {
        lock (gate)
        {
            Seconds = answer?.LeaseSeconds ?? Seconds;
            renewedAt = Math.Max(renewedAt, sentAt);
        }

        CheckDeadline();
        if (answer is { Stop: true })
            stopAsked.TrySetResult();
    }

    /// <summary>The claim is over.</summary>
    public void Lose(string why)
    {
        lock (gate)
        {
            if (LostBecause is not null)
                return;
            LostBecause = why;
        }

        lost.Cancel();
    }

    public void Dispose()
    {
        deadline.Dispose();
        lost.Dispose();
    }

    private void CheckDeadline()
    {
        TimeSpan left;
        lock (gate)
            left = Held - clock.GetElapsedTime(renewedAt);
        if (left <= TimeSpan.Zero)
            Lose($"no renewal went through for {Seconds:0.#} s");
        else
            deadline.Change(left, Timeout.InfiniteTimeSpan);
    }
}
