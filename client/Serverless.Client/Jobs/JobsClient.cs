using System.Globalization;
using System.Runtime.CompilerServices;
using Serverless.Client.Errors;
using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Jobs;

/// <summary>Jobs: submit, watch, read what they wrote, stop.</summary>
public sealed class JobsClient
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);

    private readonly ApiConnection connection;

    internal JobsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>Submits a job. It is sent with a key, so that sending it again after a broken connection makes no second job.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="idempotencyKey">The key, at most 128 visible ASCII characters; null: a new one, for this call alone.</param>
    /// <param name="cancel">Breaks off; the job may have been made.</param>
    public async Task<JobHandle> SubmitAsync(JobSpec spec, string? idempotencyKey = null, CancellationToken cancel = default)
    {
        var job = await connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Jobs)
        {
            Body = Bodies.Json(spec, ContractsJson.Default.JobSpec),
            Header = (ApiNames.IdempotencyKey, idempotencyKey ?? Guid.NewGuid().ToString("N")),
            MayRepeat = true,
        }, ContractsJson.Default.Job, cancel);
        return new JobHandle(this, job);
    }

    /// <summary>What a job would run on, why, and what it could cost. Nothing is submitted.</summary>
    public Task<JobPlacement> EstimateAsync(JobSpec spec, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.JobEstimate) { Body = Bodies.Json(spec, ContractsJson.Default.JobSpec), MayRepeat = true }, ContractsJson.Default.JobPlacement, cancel);

    /// <summary>One job.</summary>
    public Task<Job> GetAsync(string id, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Job, [id]), ContractsJson.Default.Job, cancel);

    /// <summary>A page of jobs, newest first.</summary>
    public Task<Page<Job>> ListAsync(JobQuery? query = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Jobs, [], [
            (ApiNames.Contains, query?.Contains),
            (ApiNames.Status, query?.Status is { } status ? JsonNames.CamelCase(status) : null),
            .. Paging.Parameters(query?.Page),
        ]), ContractsJson.Default.JobPage, cancel);

    /// <summary>Every job that the query finds, page after page.</summary>
    public IAsyncEnumerable<Job> AllAsync(JobQuery? query = null) =>
        Paging.AllAsync((page, cancel) => ListAsync((query ?? new JobQuery()) with { Page = page }, cancel));

    /// <summary>Asks for a job to stop: SIGTERM, its grace period, then the end of its processes. The answer is the job as it stands now.</summary>
    public Task<Job> StopAsync(string id, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.JobStop, id)) { MayRepeat = true }, ContractsJson.Default.Job, cancel);

    /// <summary>The job each time that something about it has changed, first as it is now, last when it has ended.</summary>
    public async IAsyncEnumerable<Job> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var wait = ShortestPoll;
        for (JobChange? seen = null; ;)
        {
            var job = await GetAsync(id, cancel);
            var change = JobChange.Of(job);
            if (change != seen)
            {
                seen = change;
                wait = ShortestPoll;
                yield return job;
            }

            if (job.EndedAt is not null)
                yield break;
            await Task.Delay(wait, connection.Clock, cancel);
            wait = TimeSpan.FromTicks(Math.Min((long)(wait.Ticks * 1.25), LongestPoll.Ticks));
        }
    }

    /// <summary>Waits until a job has ended, well or not: look at its status.</summary>
    public async Task<Job> WaitAsync(string id, CancellationToken cancel = default)
    {
        Job? last = null;
        await foreach (var job in WatchAsync(id, cancel))
            last = job;
        return last!;
    }

    /// <summary>The lines of a job's output (stdout and stderr together, UTF-8).</summary>
    /// <param name="id">The job.</param>
    /// <param name="follow">Goes on with new lines until the job has ended.</param>
    /// <param name="offset">The byte to begin at: a <see cref="LogLine.Next"/> from before, to go on after a break.</param>
    /// <param name="cancel">Breaks off.</param>
    public async IAsyncEnumerable<LogLine> LogAsync(string id, bool follow = false, long offset = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var lines = new LogLines(offset);
        for (var ended = false; !ended;)
        {
            var chunk = await ReadLogAsync(id, lines.Read, follow, cancel);
            foreach (var line in lines.Add(chunk.Bytes))
                yield return line;
            ended = chunk.Ended || (!follow && chunk.Bytes.Length == 0);
        }

        if (lines.Rest() is { } rest)
            yield return rest;
    }

    /// <summary>The metric points of a job, in the order in which they were seen.</summary>
    /// <param name="id">The job.</param>
    /// <param name="follow">Goes on with new points until the job has ended.</param>
    /// <param name="cancel">Breaks off.</param>
    public async IAsyncEnumerable<MetricPoint> MetricsAsync(string id, bool follow = false, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (long position = 0; ;)
        {
            var call = ApiCall.Get(Routes.JobMetrics, [id], (ApiNames.Position, Text(position)), (ApiNames.WaitSeconds, WaitOf(follow)));
            var metrics = await connection.ReadAsync(call with { ExtraTime = ExtraOf(follow) }, ContractsJson.Default.JobMetrics, cancel);
            foreach (var point in metrics.Points)
                yield return point;
            if (metrics.Points.Count == 0 && (metrics.Ended || !follow))
                yield break;
            position = metrics.Next;
        }
    }

    /// <summary>A page of the files that a job wrote.</summary>
    public Task<Page<JobFile>> FilesAsync(string id, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.JobFiles, [id], Paging.Parameters(page)), ContractsJson.Default.JobFilePage, cancel);

    /// <summary>Every file that a job wrote.</summary>
    public IAsyncEnumerable<JobFile> AllFilesAsync(string id) => Paging.AllAsync((page, cancel) => FilesAsync(id, page, cancel));

    /// <summary>One of them, as it comes.</summary>
    public async Task<Stream> OpenFileAsync(string id, string path, CancellationToken cancel = default) =>
        await (await connection.SendAsync(ApiCall.Get(Routes.JobFile, [id, path]), cancel)).Content.ReadAsStreamAsync(cancel);

    /// <summary>Brings the files of a job into a folder, each under its path, whole or not at all; files of the same names are replaced.</summary>
    /// <param name="id">The job.</param>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="prefix">Only files whose path begins so, such as <c>model/</c>; null: all.</param>
    /// <param name="progress">Told of each file once it is there.</param>
    /// <param name="cancel">Breaks off between files, or within one, which is then not there.</param>
    /// <returns>The files that were brought.</returns>
    /// <exception cref="UploadException">A path would lead out of the folder, or the folder cannot be written.</exception>
    public async Task<IReadOnlyList<JobFile>> PullAsync(string id, string folder, string? prefix = null, IProgress<JobFile>? progress = null, CancellationToken cancel = default)
    {
        var pulled = new List<JobFile>();
        await foreach (var file in AllFilesAsync(id).WithCancellation(cancel))
        {
            if (prefix is not null && !file.Path.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var target = ReceivedFile.PathIn(folder, file.Path);
            await using (var body = await OpenFileAsync(id, file.Path, cancel))
                await ReceivedFile.WriteAsync(target, body, cancel);
            pulled.Add(file);
            progress?.Report(file);
        }

        return pulled;
    }

    private async Task<(byte[] Bytes, bool Ended)> ReadLogAsync(string id, long offset, bool follow, CancellationToken cancel)
    {
        var call = ApiCall.Get(Routes.JobLogs, [id], (ApiNames.Offset, Text(offset)), (ApiNames.WaitSeconds, WaitOf(follow)));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await connection.SendAsync(call with { ExtraTime = ExtraOf(follow) }, cancel);
                var bytes = await response.Content.ReadAsByteArrayAsync(cancel);
                var ended = response.Headers.TryGetValues(ApiNames.LogEnded, out var values) && values.Contains("true", StringComparer.OrdinalIgnoreCase);
                return (bytes, ended);
            }
            catch (Exception e) when (ApiConnection.IsNetwork(e) && attempt < 3)
            {
                // The body broke off after its headers had come: nothing of it was kept, so it is asked for again.
            }
        }
    }

    private static string? WaitOf(bool follow) => follow ? Text(ApiNames.MaxWaitSeconds) : null;

    private static TimeSpan ExtraOf(bool follow) => follow ? TimeSpan.FromSeconds(ApiNames.MaxWaitSeconds) : TimeSpan.Zero;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
