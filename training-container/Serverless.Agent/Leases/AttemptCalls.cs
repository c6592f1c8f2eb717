using Serverless.Agent.Hosts;
using Serverless.Agent.Retries;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Leases;

/// <summary>
/// The calls of one attempt, tried again until they go through or the claim is over. All of them may be repeated: what is sent carries the epoch and its own position.
/// </summary>
internal sealed class AttemptCalls(HostConnection host, Lease lease, string node, TimeProvider clock)
{
    /// <summary>How long a full store is waited for before the attempt gives up on a file.</summary>
    private static readonly TimeSpan FullLimit = TimeSpan.FromSeconds(2);

    public HostConnection Host => host;

    public string JobId => lease.JobId;

    public int Epoch => lease.Epoch;

    public string Node => node;

    public Task ReportAsync(AttemptReport report, CancellationToken cancel) =>
        RepeatAsync(async token =>
        {
            var sent = clock.GetTimestamp();
            lease.Answered(sent, await host.ReportAsync(lease.JobId, report, token));
            return true;
        }, cancel);

    public Task<long> AppendLogAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        RepeatAsync(token => host.AppendLogAsync(lease.JobId, lease.Epoch, offset, bytes, token), cancel);

    public Task<UploadResponse> AskUploadsAsync(UploadRequest uploads, CancellationToken cancel) =>
        RepeatAsync(token => host.AskUploadsAsync(lease.JobId, uploads, token), cancel);

    public Task CommitAsync(CheckpointCommit commit, CancellationToken cancel) =>
        RepeatAsync(async token =>
        {
            await host.CommitAsync(lease.JobId, commit, token);
            return true;
        }, cancel);

    /// <summary>Does something until it works. Ends with <see cref="OperationCanceledException"/> when the claim is over, with <see cref="HostFailure"/> when another try cannot help.</summary>
    public async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var backOff = new BackOff(lease.Epoch);
        var started = clock.GetTimestamp();
        while (true)
        {
            lease.Lost.ThrowIfCancellationRequested();
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
            TimeSpan wait;
            try
            {
                return await work(both.Token);
            }
            catch (HostFailure failure)
            {
                if (failure.StaleEpoch)
                    lease.Lose(failure.Message);
                lease.Lost.ThrowIfCancellationRequested();
                if (!failure.Retryable || (failure.StorageFull && clock.GetElapsedTime(started) > FullLimit))
                    throw;
                wait = backOff.Next(failure.RetryAfter);
            }

            await Task.Delay(wait, clock, both.Token);
        }
    }
}
