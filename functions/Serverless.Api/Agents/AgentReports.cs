using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Serverless.Api.Routing;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Names;

namespace Serverless.Api.Agents;

/// <summary>
/// Renewals and reports. Metric points are appended to the attempt's file first, at the byte where the record says that they go, and only then counted in the record.
/// A report that breaks off between the two, or that is sent twice, writes the same bytes at the same place again: nothing is lost or doubled.
/// </summary>
internal sealed partial class AgentReports(JobSet jobs, IArtifactStore store, AgentJobs agentJobs, AgentOutcome outcome, ILogger<AgentReports> log)
{
    private const int MaxNameLength = 256;

    /// <summary>Keeps a claim.</summary>
    public async Task RenewAsync(ApiCall call, CancellationToken cancel)
    {
        var request = await call.ReadAsync(ContractsJson.Default.RenewRequest, cancel);
        var node = AgentIdentity.Of(call, request.NodeId);
        var job = await jobs.UpdateAsync(call["id"], record => JobLife.Renew(record, node.NodeId, request.Epoch, agentJobs.LeaseOf(node), agentJobs.Clock.GetUtcNow()), cancel)
            ?? throw Fail.StaleEpoch(Shown.Quote(call["id"])[1..^1], request.Epoch, 0);
        await outcome.SeenAsync(node.NodeId, cancel);
        await call.WriteAsync(new RenewResponse(agentJobs.LeaseOf(node).TotalSeconds, job.StopRequested), ContractsJson.Default.RenewResponse, cancel);
    }

    /// <summary>Takes a report.</summary>
    public async Task ReportAsync(ApiCall call, CancellationToken cancel)
    {
        var report = await call.ReadAsync(ContractsJson.Default.AttemptReport, cancel);
        var node = AgentIdentity.Of(call, report.NodeId);
        Check(report);
        var (before, after) = await StoreAsync(call["id"], node, report, cancel);
        if (after.Exit is not null)
            await outcome.WorksOnAsync(node.NodeId, null, cancel);
        else
            await outcome.SeenAsync(node.NodeId, cancel);
        if (before.Phase != after.Phase)
            LogPhase(after.Id, after.Epoch, after.Phase ?? AttemptPhase.Staging, after.Exit?.Reason ?? JobReason.None);

        await outcome.TellAsync(before, after, cancel);

        await call.WriteAsync(new RenewResponse(agentJobs.LeaseOf(node).TotalSeconds, after.StopRequested), ContractsJson.Default.RenewResponse, cancel);
    }

    private async Task<(JobRecord Before, JobRecord After)> StoreAsync(string jobId, NodeIdentity node, AttemptReport report, CancellationToken cancel)
    {
        while (await jobs.ReadAsync(jobId, cancel) is (var job, var eTag))
        {
            var next = JobLife.Report(job, report, agentJobs.LeaseOf(node), agentJobs.Clock.GetUtcNow());
            if (ReferenceEquals(next, job))
                return (job, job);
            var points = JobLife.NewPoints(job, report).ToArray();
            if (points.Length > 0)
                next = next with { PointBytes = await AppendAsync(ArtifactPaths.Metrics(job.Id, job.Epoch), job.PointBytes, points, cancel) };
            if (await jobs.ReplaceAsync(next, eTag, cancel))
                return (job, next);
        }

        throw Fail.StaleEpoch(Shown.Quote(jobId)[1..^1], report.Epoch, 0);
    }

    /// <summary>Sees that the points stand in the file from an offset on, whatever part of them stands there already.</summary>
    /// <returns>Where they end.</returns>
    private async Task<long> AppendAsync(ArtifactPath path, long offset, MetricPoint[] points, CancellationToken cancel)
    {
        var lines = Write(points);
        var end = offset + lines.Length;
        for (var at = offset; at < end;)
        {
            var length = await store.AppendAsync(path, at, lines[(int)(at - offset)..], cancel);
            if (length < at || (length == at && at < end))
                throw new ServerlessException(ProblemCodes.Internal, $"'{path}' has {length} bytes; {at} were stored before.", "The store has lost bytes: look at its disk.");
            at = length;
        }

        return end;
    }

    private static ReadOnlyMemory<byte> Write(MetricPoint[] points)
    {
        var buffer = new ArrayBufferWriter<byte>(points.Length * 96);
        using var writer = new Utf8JsonWriter(buffer);
        foreach (var point in points)
        {
            JsonSerializer.Serialize(writer, point, ContractsJson.Default.MetricPoint);
            writer.Flush();
            writer.Reset();
            buffer.Write("\n"u8);
        }

        return buffer.WrittenMemory;
    }

    private static void Check(AttemptReport report)
    {
        var errors = new List<FieldError>();
        if (report.Points.Count > AgentProtocol.MaxPoints)
            errors.Add(new FieldError("points", $"The report has {report.Points.Count} points; the limit is {AgentProtocol.MaxPoints}.", "Send them in several reports."));
        if (report.Points.Any(point => point.Name.Length is 0 or > MaxNameLength))
            errors.Add(new FieldError("points", $"A metric's name is empty or longer than {MaxNameLength} characters.", "Name it shorter."));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    [LoggerMessage(6120, LogLevel.Information, "Job {JobId}, epoch {Epoch}: {Phase} ({Reason}).")]
    private partial void LogPhase(string jobId, int epoch, AttemptPhase phase, JobReason reason);
}
