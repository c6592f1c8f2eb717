using System.Text;
using System.Text.Json;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Jobs;

namespace Serverless.Api.Jobs;

/// <summary>Reads metric points. The points of a job's attempts stand one after another, so that a reader's position goes on through a restart.</summary>
internal sealed class JobMetricPoints(JobQueries jobs, JobNewsWait news, IArtifactStore store, MetricCursors cursors)
{
    /// <summary>Most points of one answer.</summary>
    private const int MaxPoints = AgentProtocol.MaxPoints;

    /// <summary>Reads from a position on.</summary>
    public async Task ReadAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (position, wait) = (query.Whole(ApiNames.Position, 0, 0, long.MaxValue), query.Wait());
        query.Done();
        var record = await jobs.RequireAsync(call, cancel);
        var (points, ended) = await news.ForAsync(record, wait, async job =>
        {
            var found = await ReadAsync(job, position, cancel);
            return (found, found.Count > 0);
        }, cancel);
        await call.WriteAsync(new JobMetrics(points, position + points.Count, ended && points.Count < MaxPoints), ContractsJson.Default.JobMetrics, cancel);
    }

    private async Task<List<MetricPoint>> ReadAsync(JobRecord job, long position, CancellationToken cancel)
    {
        var points = new List<MetricPoint>();
        var (epoch, offset, skip) = cursors.Find(job.Id, position) is { } known ? (known.Epoch, known.Offset, 0L) : (1, 0L, position);
        for (; epoch <= job.Epoch; (epoch, offset) = (epoch + 1, 0))
        {
            (offset, skip) = await ReadAsync(ArtifactPaths.Metrics(job.Id, epoch), offset, skip, points, cancel);
            if (epoch == job.Epoch || points.Count == MaxPoints)
                break;
        }

        if (skip == 0 && epoch <= job.Epoch)
            cursors.Keep(job.Id, position + points.Count, epoch, offset);
        return points;
    }

    /// <summary>Reads one attempt's file from a byte on, past some points that the reader has. A last line that is still being written is left for the next time.</summary>
    private async Task<(long Offset, long Skip)> ReadAsync(ArtifactPath path, long offset, long skip, List<MetricPoint> points, CancellationToken cancel)
    {
        if (await store.FindAsync(path, cancel) is not { } entry || entry.SizeBytes <= offset)
            return (offset, skip);
        await using var bytes = await store.OpenReadAsync(path, new ByteRange(offset), cancel);
        using var lines = new StreamReader(bytes);
        while (points.Count < MaxPoints && await lines.ReadLineAsync(cancel) is { } line && line.EndsWith('}'))
        {
            if (skip > 0)
                skip--;
            else if (Parse(line) is { } point)
                points.Add(point);
            else
                break;
            offset += Encoding.UTF8.GetByteCount(line) + 1;
        }

        return (offset, skip);
    }

    /// <summary>A point; null for a line that is being written.</summary>
    private static MetricPoint? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ContractsJson.Default.MetricPoint);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
