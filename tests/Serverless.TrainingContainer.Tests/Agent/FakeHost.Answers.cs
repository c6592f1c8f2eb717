using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Serverless.Contracts;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>How the host answers.</summary>
internal sealed partial class FakeHost
{
    private static readonly JobMachine Machine = new() { NodeId = "", Size = "test", VCpus = 1, MemoryBytes = 1 };

    private async Task AnswerAsync(HttpContext context)
    {
        var fault = Faults(context);
        if (fault.DropBefore)
        {
            context.Abort();
            return;
        }

        if (fault.Delay > TimeSpan.Zero)
            await Task.Delay(fault.Delay, TimeProvider.System, context.RequestAborted);
        if (fault.Status > 0)
        {
            await RefuseAsync(context, fault.Status, fault.Status == 507 ? ProblemCodes.StorageFull : ProblemCodes.Unavailable, "a fault of the test");
            return;
        }

        try
        {
            if (fault.DropAfter)
                context.Response.Body = Stream.Null;
            await RouteAsync(context, fault);
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        }
        catch (ServerlessException failure) when (!fault.DropAfter)
        {
            await RefuseAsync(context, failure.Code == ProblemCodes.StaleEpoch ? 409 : 400, failure.Code, failure.Message);
        }

        if (fault.DropAfter)
            context.Abort();
    }

    private async Task RouteAsync(HttpContext context, Fault fault)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/artifacts/", StringComparison.Ordinal))
        {
            await ArtifactAsync(context, path, fault);
            return;
        }

        if (!Accepts(context.Request))
        {
            await RefuseAsync(context, 401, ProblemCodes.Unauthenticated, "The token is not known.");
            return;
        }

        if (context.Request.Headers[AgentProtocol.VersionHeader] != "1")
            Violations.Enqueue($"{path} came without the protocol's version");
        var job = path.Split('/') is ["", "agent", "v1", "jobs", var id, ..] ? id : "";
        var answer = (context.Request.Method, path) switch
        {
            ("POST", Routes.AgentHello) => HelloAsync(context),
            ("POST", Routes.AgentClaim) => ClaimAsync(context),
            ("DELETE", _) when path.StartsWith("/agent/v1/nodes/", StringComparison.Ordinal) => GoodbyeAsync(context, path),
            ("POST", _) when path.EndsWith("/renew", StringComparison.Ordinal) => RenewAsync(context, job),
            ("POST", _) when path.EndsWith("/report", StringComparison.Ordinal) => ReportAsync(context, job),
            ("PUT", _) when path.EndsWith("/log", StringComparison.Ordinal) => AppendLogAsync(context, job),
            ("POST", _) when path.EndsWith("/uploads", StringComparison.Ordinal) => UploadsAsync(context, job),
            ("POST", _) when path.EndsWith("/checkpoint", StringComparison.Ordinal) => CommitAsync(context, job),
            _ => RefuseAsync(context, 404, ProblemCodes.NotFound, path),
        };
        await answer;
    }

    private async Task HelloAsync(HttpContext context)
    {
        Hellos.Enqueue(await ReadAsync(context, ContractsJson.Default.NodeHello));
        await WriteAsync(context, new NodeWelcome(IdleSeconds, LeaseSeconds, RenewSeconds) { BatchSeconds = BatchSeconds }, ContractsJson.Default.NodeWelcome);
    }

    private async Task GoodbyeAsync(HttpContext context, string path)
    {
        Left.Enqueue(path.Split('/')[^1]);
        context.Response.StatusCode = 204;
        await context.Response.CompleteAsync();
    }

    private async Task ClaimAsync(HttpContext context)
    {
        var claim = await ReadAsync(context, ContractsJson.Default.ClaimRequest);
        if (claim.WaitSeconds is < 0 or > AgentProtocol.MaxClaimWaitSeconds)
            Violations.Enqueue($"a claim waits {claim.WaitSeconds} s");
        var came = await rung.WaitAsync(TimeSpan.FromSeconds(claim.WaitSeconds), context.RequestAborted);
        if (!came || Take(claim.NodeId) is not { } ticket)
        {
            context.Response.StatusCode = 204;
            return;
        }

        await WriteAsync(context, ticket, ContractsJson.Default.JobTicket);
    }

    private JobTicket? Take(string node)
    {
        lock (gate)
        {
            if (!queue.TryDequeue(out var id))
                return null;
            var job = JobLife.Claim(Jobs[id], Machine with { NodeId = node }, 1, "USD", TimeSpan.FromSeconds(LeaseSeconds), TimeProvider.System.GetUtcNow());
            if (ReferenceEquals(job, Jobs[id]))
                return null;
            Jobs[id] = job;
            var checkpoint = job.Checkpoint is not { } last ? [] : last.Files
                .Select(file => new TicketFile(file, Signed(CheckpointPath(id, last.Epoch, file.Sha256)))).ToList();
            return Tickets[id] with { Epoch = job.Epoch, LeaseSeconds = LeaseSeconds, Checkpoint = checkpoint };
        }
    }

    private async Task RenewAsync(HttpContext context, string id)
    {
        var renew = await ReadAsync(context, ContractsJson.Default.RenewRequest);
        Change(id, job => JobLife.Renew(job, renew.NodeId, renew.Epoch, TimeSpan.FromSeconds(LeaseSeconds), TimeProvider.System.GetUtcNow()));
        await WriteAsync(context, new RenewResponse(LeaseSeconds, Jobs[id].StopRequested), ContractsJson.Default.RenewResponse);
    }

    private async Task ReportAsync(HttpContext context, string id)
    {
        var report = await ReadAsync(context, ContractsJson.Default.AttemptReport);
        if (report.Points.Count > AgentProtocol.MaxPoints)
            Violations.Enqueue($"a report has {report.Points.Count} points");
        Change(id, job =>
        {
            var next = JobLife.Report(job, report, TimeSpan.FromSeconds(LeaseSeconds), TimeProvider.System.GetUtcNow());
            if (!ReferenceEquals(next, job))
                Points.GetOrAdd((id, report.Epoch), _ => []).AddRange(JobLife.NewPoints(job, report));
            return next;
        });
        context.Response.StatusCode = 204;
    }

    private async Task AppendLogAsync(HttpContext context, string id)
    {
        var query = context.Request.Query;
        var (node, epoch) = (query["node"].ToString(), int.Parse(query["epoch"]!, CultureInfo.InvariantCulture));
        var offset = long.Parse(query["offset"]!, CultureInfo.InvariantCulture);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (body.Length > AgentProtocol.MaxLogBytes)
            Violations.Enqueue($"an append has {body.Length} bytes");
        JobLife.RequireClaim(Jobs[id], node, epoch);
        long length;
        lock (gate)
        {
            var log = Logs.GetOrAdd((id, epoch), _ => new MemoryStream());
            if (log.Length == offset)
                log.Write(body.ToArray());
            length = log.Length;
        }

        await WriteAsync(context, new LogAppended(length), ContractsJson.Default.LogAppended);
    }

    private async Task UploadsAsync(HttpContext context, string id)
    {
        var request = await ReadAsync(context, ContractsJson.Default.UploadRequest);
        JobLife.RequireClaim(Jobs[id], request.NodeId, request.Epoch);
        var addresses = request.Files.Select(file =>
        {
            var path = request.Kind == FileKind.Checkpoint ? CheckpointPath(id, request.Epoch, file.Sha256) : $"/artifacts/jobs/{id}/{request.Epoch}/{request.Kind}/{file.Path}";
            var there = Stored.TryGetValue(path, out var bytes) && Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256;
            return there ? null : Signed(path);
        });
        await WriteAsync(context, new UploadResponse([.. addresses]), ContractsJson.Default.UploadResponse);
    }

    private async Task CommitAsync(HttpContext context, string id)
    {
        var commit = await ReadAsync(context, ContractsJson.Default.CheckpointCommit);
        foreach (var file in commit.Files)
        {
            if (!Stored.TryGetValue(CheckpointPath(id, commit.Epoch, file.Sha256), out var bytes) || Convert.ToHexStringLower(SHA256.HashData(bytes)) != file.Sha256)
                Violations.Enqueue($"a checkpoint was committed without '{file.Path}' as announced");
        }

        Change(id, job => JobLife.Commit(job, commit, TimeProvider.System.GetUtcNow()));
        context.Response.StatusCode = 204;
    }

    private async Task ArtifactAsync(HttpContext context, string path, Fault fault)
    {
        if (context.Request.Headers.Authorization.Count > 0)
            Violations.Enqueue($"{path} came with a token");
        if (context.Request.Query["signature"] != "secret")
        {
            await RefuseAsync(context, 403, ProblemCodes.Forbidden, "The address is not proved.");
            return;
        }

        if (context.Request.Method == "PUT" && context.Request.Headers["x-ms-blob-type"] != "BlockBlob")
            Violations.Enqueue($"{path} came without the header that a blob store asks for");
        if (context.Request.Method == "PUT")
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Stored[path] = body.ToArray();
            if (path.Split('/', 7) is ["", "artifacts", "jobs", var job, var epoch, var kind, var below] && Enum.TryParse<FileKind>(kind, out var known))
                Files[(job, int.Parse(epoch, CultureInfo.InvariantCulture), known, below)] = body.ToArray();
        }
        else if (Stored.TryGetValue(path, out var bytes))
        {
            Interlocked.Add(ref BytesFetched, bytes.Length);
            await context.Response.Body.WriteAsync(fault.Corrupt ? [.. bytes.Select(each => (byte)(each ^ 1))] : bytes);
        }
        else
        {
            await RefuseAsync(context, 404, ProblemCodes.NotFound, path);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) =>
        (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted))!;

    private static async Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        await JsonSerializer.SerializeAsync(context.Response.Body, new Problem { Title = code, Status = status, Code = code, Detail = detail }, ContractsJson.Default.Problem);
    }
}
