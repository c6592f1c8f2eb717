using Serverless.Cli.Terminal;
using Serverless.Client;
using Serverless.Client.Errors;
using Serverless.Contracts.Jobs;

namespace Serverless.Cli.Demo;

/// <summary>Says each change of a job and its metrics as they come.</summary>
internal sealed class TrainingWatch(ServerlessClient client, DemoSteps steps)
{
    /// <summary>Metrics are said at most this often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the last points may take to come once the job has ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>Watches until the job has ended, and says the last values of its metrics.</summary>
    public async Task<Job> WatchAsync(string id, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task? metrics = null;
        try
        {
            JobStatus? before = null;
            Job? last = null;
            await foreach (var job in client.Jobs.WatchAsync(id, cancel))
            {
                last = job;
                metrics ??= SayMetricsAsync(id, ended.Token); // not before: a trigger names its job a moment before the job is there
                if (job.Status != before)
                    steps.Say($"job {Words.Of(job.Status)}{(job.Status == JobStatus.Running && job.Machine is { } machine ? $" on {machine.NodeId}" : "")}");
                before = job.Status;
            }

            return last!;
        }
        finally
        {
            ended.CancelAfter(LastWords);
            await (metrics ?? Task.CompletedTask);
        }
    }

    private async Task SayMetricsAsync(string id, CancellationToken cancel)
    {
        var next = TimeSpan.Zero;
        var latest = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var unsaid = false;
        try
        {
            await foreach (var point in client.Jobs.MetricsAsync(id, follow: true, cancel))
            {
                latest[point.Name] = point.Value;
                unsaid = true;
                if (steps.Elapsed >= next)
                    Say();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ServerlessApiException or HostUnreachableException)
        {
            // Told for the person who watches; the job's own record is what counts.
        }

        if (unsaid)
            Say();

        void Say()
        {
            unsaid = false;
            next = steps.Elapsed + Pause;
            steps.Say($"  {string.Join(", ", latest.Select(metric => $"{metric.Key} = {Words.Number(metric.Value)}"))}");
        }
    }
}
