using System.Globalization;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Jobs;

namespace Serverless.Api.Jobs;

/// <summary>Reads logs. The logs of a job's attempts stand one after another as one text, so that a reader's offset goes on through a restart.</summary>
internal sealed class JobLogs(JobQueries jobs, JobNewsWait news, IArtifactStore store)
{
    /// <summary>Reads from a byte on.</summary>
    public async Task ReadAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (offset, wait) = (query.Whole(ApiNames.Offset, 0, 0, long.MaxValue), query.Wait());
        query.Done();
        var record = await jobs.RequireAsync(call, cancel);
        var (part, ended) = await news.ForAsync(record, wait, async job =>
        {
            var found = await FindAsync(job, offset, cancel);
            return (found, found is { Length: > 0 });
        }, cancel);
        await WriteAsync(call, offset, part, ended, cancel);
    }

    private async Task WriteAsync(ApiCall call, long offset, LogPart? part, bool ended, CancellationToken cancel)
    {
        var length = part is null ? 0 : (int)Math.Min(part.Length, ApiNames.MaxLogBytes);
        var last = ended && (part is null || (part.IsLast && length == part.Length));
        var headers = call.Http.Response.Headers;
        headers[ApiNames.LogNext] = (offset + length).ToString(CultureInfo.InvariantCulture);
        headers[ApiNames.LogEnded] = last ? "true" : "false";
        headers.CacheControl = "no-store";
        call.Http.Response.ContentType = "text/plain; charset=utf-8";
        call.Http.Response.ContentLength = length;
        if (length == 0)
            return;
        await using var bytes = await store.OpenReadAsync(part!.Path, new ByteRange(part.Offset, length), cancel);
        await bytes.CopyToAsync(call.Http.Response.Body, cancel);
    }

    /// <summary>The attempt in whose log a byte of the whole lies, and how much there is of it from there on; null behind the end.</summary>
    private async Task<LogPart?> FindAsync(JobRecord job, long offset, CancellationToken cancel)
    {
        for (var epoch = 1; epoch <= job.Epoch; epoch++)
        {
            var path = ArtifactPaths.Log(job.Id, epoch);
            var length = (await store.FindAsync(path, cancel))?.SizeBytes ?? 0;
            if (offset < length)
                return new LogPart(path, offset, length - offset, epoch == job.Epoch);
            offset -= length;
        }

        return null;
    }

    private sealed record LogPart(ArtifactPath Path, long Offset, long Length, bool IsLast);
}
