using System.Net;
using System.Text;
using Serverless.Contracts;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Doorbells;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Jobs;

namespace Serverless.Functions.Tests.Api;

public sealed class AgentProtocolTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_QueuedJob_RaisesTheEpochAndTellsTheWorkflow()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        var ticket = await ClaimAsync(node);
        Assert.Equal(("job-1", 1), (ticket.JobId, ticket.Epoch));
        Assert.Equal(["--epochs", "", "two words", "ü"], ticket.Arguments);
        var job = await host.Jobs.FindAsync("job-1", Cancel);
        Assert.Equal((JobStatus.Starting, 1, "node-1"), (job!.Status, job.Epoch, job.Lease!.NodeId));
        Assert.Equal((2, 0.36m), (job.Machine!.VCpus, job.PricePerHour));
        Assert.Contains(("job-1", JobEvents.Changed), host.Workflows.Raised);
        Assert.Empty(host.Doorbell.Pending(Queues.Pool("local")));
        var record = await host.Get<NodeSet>().FindAsync("node-1", Cancel);
        Assert.Equal((NodeStatus.Busy, "job-1"), (record!.Status, record.JobId));
    }

    [Fact]
    public async Task Claim_WhileWaiting_IsAnsweredAsSoonAsAJobComes()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        var waiting = ClaimAsync(node, 20);
        await QueueAsync(host, "job-1");
        Assert.Equal("job-1", (await waiting).JobId);
    }

    [Fact]
    public async Task Claim_NothingThere_Is204()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        using var response = await node.PostAsync(Routes.AgentClaim, ApiHost.Json(new ClaimRequest("node-1", 0), ContractsJson.Default.ClaimRequest), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Claim_RingsOfJobsThatAreNotThereToBeTaken_AreAnsweredAndTheNextIsTaken()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await host.Doorbell.RingAsync(Queues.Pool("local"), "job-unknown", RingOptions.Plain, Cancel);
        await QueueAsync(host, "job-stopped", job => JobLife.RequestStop(job, TimeProvider.System.GetUtcNow()));
        await QueueAsync(host, "job-pending", job => job with { Status = JobStatus.Pending });
        await QueueAsync(host, "job-other", job => job with { Spec = job.Spec with { Resources = new ResourceSpec { Pool = "gpu" } } });
        await QueueAsync(host, "job-good");
        Assert.Equal("job-good", (await ClaimAsync(node)).JobId);
        Assert.Empty(host.Doorbell.Pending(Queues.Pool("local")));
        Assert.Equal(0, (await host.Jobs.FindAsync("job-other", Cancel))!.Epoch);
    }

    [Fact]
    public async Task Claim_TwoNodesOneJobRungTwice_GoesToOne()
    {
        await using var host = await ApiHost.StartAsync();
        using var one = await host.NodeAsync("node-1");
        using var two = await host.NodeAsync("node-2");
        await QueueAsync(host, "job-1");
        await host.Doorbell.RingAsync(Queues.Pool("local"), "job-1", RingOptions.Plain, Cancel);
        var answers = await Task.WhenAll(
            one.PostAsync(Routes.AgentClaim, ApiHost.Json(new ClaimRequest("node-1", 0.2), ContractsJson.Default.ClaimRequest), Cancel),
            two.PostAsync(Routes.AgentClaim, ApiHost.Json(new ClaimRequest("node-2", 0.2), ContractsJson.Default.ClaimRequest), Cancel));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NoContent], answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal(1, (await host.Jobs.FindAsync("job-1", Cancel))!.Epoch);
    }

    [Fact]
    public async Task Claim_InputThatIsGone_EndsTheAttemptWithTheReason()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1", job => job with { Spec = job.Spec with { Inputs = [new InputSpec { Channel = "train", Dataset = "digits@" + new string('a', 64) }] } });
        using var response = await node.PostAsync(Routes.AgentClaim, ApiHost.Json(new ClaimRequest("node-1", 0), ContractsJson.Default.ClaimRequest), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var job = await host.Jobs.FindAsync("job-1", Cancel);
        Assert.Equal(JobReason.InputUnavailable, job!.Exit!.Reason);
        Assert.Contains("digits@", job.Exit.Message);
        Assert.Equal(NodeStatus.Idle, (await host.Get<NodeSet>().FindAsync("node-1", Cancel))!.Status);
    }

    [Fact]
    public async Task Claim_JobWithSecrets_GivesTheirValuesInTheTicketAlone()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        host.Secrets.Secrets["db-password"] = "hunter2-hunter2";
        var variables = new Dictionary<string, string> { ["SEED"] = "7", ["DB_PASSWORD"] = "secret://db-password" };
        await QueueAsync(host, "job-1", job => job with { Spec = job.Spec with { Environment = variables, Network = JobNetwork.None } });
        var ticket = await ClaimAsync(node);
        Assert.Equal("7", Assert.Single(ticket.Environment, pair => pair.Key == "SEED").Value);
        Assert.Equal(new KeyValuePair<string, string>("DB_PASSWORD", "hunter2-hunter2"), Assert.Single(ticket.Secrets));
        Assert.Equal(JobNetwork.None, ticket.Network);
        Assert.DoesNotContain("hunter2", ticket.ToString());
        using var shown = await host.Http.GetAsync(Routes.Fill(Routes.Job, "job-1"), Cancel);
        Assert.DoesNotContain("hunter2", await shown.Content.ReadAsStringAsync(Cancel));
        Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Claim_SecretThatIsGone_EndsTheAttemptWithTheReason()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1", job => job with { Spec = job.Spec with { Environment = new Dictionary<string, string> { ["A"] = "secret://gone" } } });
        using var response = await node.PostAsync(Routes.AgentClaim, ApiHost.Json(new ClaimRequest("node-1", 0), ContractsJson.Default.ClaimRequest), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("'gone'", (await host.Jobs.FindAsync("job-1", Cancel))!.Exit!.Message);
    }

    [Fact]
    public async Task EveryCall_UnderAnOldEpochOrByAnotherNode_Is409AndChangesNothing()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync("node-1");
        using var other = await host.NodeAsync("node-2");
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        var now = TimeProvider.System.GetUtcNow();
        await host.Jobs.UpdateAsync("job-1", job => JobLife.Requeue(job, JobReason.NodeLost, "lost", now), Cancel);
        await host.Doorbell.RingAsync(Queues.Pool("local"), "job-1", RingOptions.Plain, Cancel);
        Assert.Equal(2, (await ClaimAsync(other, node: "node-2")).Epoch);
        var before = await host.Jobs.ReadAsync("job-1", Cancel);
        foreach (var (client, name, epoch) in new[] { (node, "node-1", 1), (node, "node-1", 2), (other, "node-2", 1), (other, "node-2", 3) })
        {
            foreach (var answer in await AllCallsAsync(client, name, epoch))
            {
                using (answer)
                    await ApiHost.ProblemAsync(answer, 409, ProblemCodes.StaleEpoch);
            }
        }

        Assert.Equal(before!.Value.ETag, (await host.Jobs.ReadAsync("job-1", Cancel))!.Value.ETag);
        Assert.Null(await host.Artifacts.FindAsync(ArtifactPaths.Log("job-1", 1), Cancel));
        Assert.Null(await host.Artifacts.FindAsync(ArtifactPaths.Log("job-1", 2), Cancel));
    }

    [Fact]
    public async Task EveryCall_ThatSpeaksForAnotherNode_IsForbidden()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync("node-1");
        await host.NodeAsync("node-2");
        foreach (var answer in await AllCallsAsync(node, "node-2", 1))
        {
            using (answer)
                await ApiHost.ProblemAsync(answer, 403, ProblemCodes.Forbidden);
        }

        using var leave = await node.DeleteAsync(Routes.Fill(Routes.AgentNode, "node-2"), Cancel);
        await ApiHost.ProblemAsync(leave, 403, ProblemCodes.Forbidden);
    }

    [Fact]
    public async Task Report_SentAgainWithMorePoints_StoresEachPointOnce()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        await ReportAsync(node, Points(0, 3));
        await ReportAsync(node, Points(0, 3));
        await ReportAsync(node, Points(2, 3));
        using (var gap = await node.PostAsync(Routes.Fill(Routes.AgentReport, "job-1"), ApiHost.Json(Points(9, 1), ContractsJson.Default.AttemptReport), Cancel))
            await ApiHost.ProblemAsync(gap, 409, ProblemCodes.Conflict);
        Assert.Equal([0, 1, 2, 3, 4], await ValuesAsync(host));
        Assert.Equal(5, (await host.Jobs.FindAsync("job-1", Cancel))!.Points);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public async Task Report_HostGoneBetweenFileAndRecord_LosesAndDoublesNothing(int bytesWritten)
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        await ReportAsync(node, Points(0, 2));
        var first = (await host.Jobs.FindAsync("job-1", Cancel))!;
        await ReportAsync(node, Points(2, 2));
        var whole = await TextAsync(host);

        // The state after a crash: the file has all or a part of the second report, the record does not know of it.
        await host.Jobs.UpdateAsync("job-1", job => job with { Points = first.Points, PointBytes = first.PointBytes }, Cancel);
        var kept = whole[..(int)Math.Min(whole.Length, first.PointBytes + bytesWritten)];
        await host.Artifacts.DeleteAsync(ArtifactPaths.Metrics("job-1", 1), Cancel);
        await host.Artifacts.AppendAsync(ArtifactPaths.Metrics("job-1", 1), 0, Encoding.UTF8.GetBytes(kept), Cancel);

        await ReportAsync(node, Points(2, 1));
        await ReportAsync(node, Points(2, 4));
        Assert.Equal([0, 1, 2, 3, 4, 5], await ValuesAsync(host));
        Assert.StartsWith(whole, await TextAsync(host));
    }

    [Fact]
    public async Task Report_ExitTwice_IsTakenOnceAndFreesTheNode()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        var report = new AttemptReport
        {
            NodeId = "node-1",
            Epoch = 1,
            Phase = AttemptPhase.Exited,
            Exit = new AttemptExit { Reason = JobReason.ProgramFailed, ExitCode = 3, LogTail = ["boom"], At = TimeProvider.System.GetUtcNow() },
        };
        await ReportAsync(node, report);
        await ReportAsync(node, report);
        var job = await host.Jobs.FindAsync("job-1", Cancel);
        Assert.Equal((3, (JobLease?)null), (job!.Exit!.ExitCode, job.Lease));
        Assert.Equal(NodeStatus.Idle, (await host.Get<NodeSet>().FindAsync("node-1", Cancel))!.Status);
        using var renew = await node.PostAsync(Routes.Fill(Routes.AgentRenew, "job-1"), ApiHost.Json(new RenewRequest("node-1", 1), ContractsJson.Default.RenewRequest), Cancel);
        await ApiHost.ProblemAsync(renew, 409, ProblemCodes.StaleEpoch);
    }

    [Fact]
    public async Task Renew_AfterAStopWasAskedFor_SaysStop()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        Assert.False((await RenewAsync(node)).Stop);
        using (var stop = await host.Http.PostAsync(Routes.Fill(Routes.JobStop, "job-1"), null, Cancel))
            Assert.Equal(HttpStatusCode.Accepted, stop.StatusCode);
        Assert.True((await RenewAsync(node)).Stop);
    }

    [Fact]
    public async Task Log_SameAppendTwice_IsThereOnce()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        Assert.Equal(6, await LogAsync(node, 0, "hello\n"));
        Assert.Equal(6, await LogAsync(node, 0, "hello\n"));
        Assert.Equal(12, await LogAsync(node, 6, "world\n"));
        Assert.Equal(12, await LogAsync(node, 99, "gap\n"));
        Assert.Equal("hello\nworld\n", await host.Http.GetStringAsync(Routes.Fill(Routes.JobLogs, "job-1"), Cancel));
        using var large = await node.PutAsync(Routes.Fill(Routes.AgentLog, "job-1") + "?node=node-1&epoch=1&offset=12", new ByteArrayContent(new byte[AgentProtocol.MaxLogBytes + 1]), Cancel);
        await ApiHost.ProblemAsync(large, 413, ProblemCodes.TooLarge);
    }

    [Fact]
    public async Task Checkpoint_IsCommittedOnlyWhenEveryFileIsThere()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        var bytes = "weights"u8.ToArray();
        var file = new ContentFile("model/w.bin", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), bytes.Length);
        var commit = new CheckpointCommit("node-1", 1, 1, [file]);
        using (var early = await node.PostAsync(Routes.Fill(Routes.AgentCheckpoint, "job-1"), ApiHost.Json(commit, ContractsJson.Default.CheckpointCommit), Cancel))
            await ApiHost.ProblemAsync(early, 400, ProblemCodes.Invalid);
        Assert.Null((await host.Jobs.FindAsync("job-1", Cancel))!.Checkpoint);

        var address = Assert.Single(await UploadsAsync(node, FileKind.Checkpoint, file))!;
        using (var wrong = await node.PutAsync(address.Url, new ByteArrayContent("wrongs!"u8.ToArray()), Cancel))
            await ApiHost.ProblemAsync(wrong, 422, ProblemCodes.HashMismatch);
        using (var put = await node.PutAsync(address.Url, new ByteArrayContent(bytes), Cancel))
            Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Null(Assert.Single(await UploadsAsync(node, FileKind.Checkpoint, file)));
        using (var done = await node.PostAsync(Routes.Fill(Routes.AgentCheckpoint, "job-1"), ApiHost.Json(commit, ContractsJson.Default.CheckpointCommit), Cancel))
            Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal("weights", await host.Http.GetStringAsync(Routes.Fill(Routes.JobFile, "job-1", "checkpoint/model/w.bin"), Cancel));

        var now = TimeProvider.System.GetUtcNow();
        await host.Jobs.UpdateAsync("job-1", job => JobLife.Requeue(job, JobReason.NodeLost, "lost", now), Cancel);
        await host.Doorbell.RingAsync(Queues.Pool("local"), "job-1", RingOptions.Plain, Cancel);
        var again = await ClaimAsync(node);
        var start = Assert.Single(again.Checkpoint);
        Assert.Equal(file, start.File);
        using var nobody = host.WithKey(null);
        Assert.Equal("weights", await nobody.GetStringAsync(start.Address.Url, Cancel));
    }

    /// <summary>Its first attempt finds the other job's files, and once it has a checkpoint of its own the next finds that.</summary>
    [Fact]
    public async Task Checkpoint_OfAnotherJob_IsGivenUntilThereIsAnOwn()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        var bytes = "weights"u8.ToArray();
        var file = new ContentFile("w.bin", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), bytes.Length);
        await host.Artifacts.PutAsync(ArtifactPaths.CheckpointContent("job-0", 3, file.Sha256), new MemoryStream(bytes), PutOptions.Overwrite, Cancel);
        var own = file with { Path = "own.bin" };
        var origin = new JobOrigin("job-9", "job-0", new JobCheckpoint(3, 7, [file], default));
        await QueueAsync(host, "job-1", job => job with { Origin = origin });

        var first = await ClaimAsync(node);
        Assert.Equal(file, Assert.Single(first.Checkpoint).File);
        Assert.Contains("job 'job-0'", first.StartNote, StringComparison.Ordinal);
        using var nobody = host.WithKey(null);
        Assert.Equal("weights", await nobody.GetStringAsync(first.Checkpoint[0].Address.Url, Cancel));

        var now = TimeProvider.System.GetUtcNow();
        await host.Jobs.UpdateAsync("job-1", job => JobLife.Requeue(job with { Checkpoint = new JobCheckpoint(1, 1, [own], now) }, JobReason.NodeLost, "lost", now), Cancel);
        await host.Doorbell.RingAsync(Queues.Pool("local"), "job-1", RingOptions.Plain, Cancel);
        var again = await ClaimAsync(node);
        Assert.Equal((own, null), (Assert.Single(again.Checkpoint).File, again.StartNote));
    }

    [Fact]
    public async Task Upload_AddressOfAnAttemptThatIsOver_WritesNothing()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        var file = new ContentFile("model.onnx", new string('b', 64), 5);
        var address = Assert.Single(await UploadsAsync(node, FileKind.Model, file))!;
        var now = TimeProvider.System.GetUtcNow();
        await host.Jobs.UpdateAsync("job-1", job => JobLife.Requeue(job, JobReason.NodeLost, "lost", now), Cancel);
        using var late = await node.PutAsync(address.Url, new ByteArrayContent("bytes"u8.ToArray()), Cancel);
        await ApiHost.ProblemAsync(late, 409, ProblemCodes.StaleEpoch);
        Assert.Null(await host.Artifacts.FindAsync(ArtifactPaths.File("job-1", 1, FileKind.Model, "model.onnx"), Cancel));
    }

    [Theory]
    [InlineData("../../../1/files/model/model.onnx")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("a%2fb")]
    [InlineData("-rf")]
    [InlineData("nul\u0000")]
    [InlineData("rtl\u202eexe.txt")]
    public async Task Uploads_PathThatLeadsElsewhere_IsRefused(string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        await QueueAsync(host, "job-1");
        await ClaimAsync(node);
        using var response = await node.PostAsync(Routes.Fill(Routes.AgentUploads, "job-1"),
            ApiHost.Json(new UploadRequest("node-1", 1, FileKind.Model, [new ContentFile(path, new string('c', 64), 1)]), ContractsJson.Default.UploadRequest), Cancel);
        var problem = await ApiHost.ProblemAsync(response, 400, ProblemCodes.Invalid);
        Assert.All(problem.Errors!, error => Assert.StartsWith("files[0].path", error.Path));
    }

    [Fact]
    public async Task Leave_NodeTakesNoMoreJobs()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        using (var left = await node.DeleteAsync(Routes.Fill(Routes.AgentNode, "node-1"), Cancel))
            Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Equal(NodeStatus.Leaving, (await host.Get<NodeSet>().FindAsync("node-1", Cancel))!.Status);
        await QueueAsync(host, "job-1");
        using var claim = await node.PostAsync(Routes.AgentClaim, ApiHost.Json(new ClaimRequest("node-1", 0), ContractsJson.Default.ClaimRequest), Cancel);
        await ApiHost.ProblemAsync(claim, 409, ProblemCodes.Conflict);
        Assert.Equal(["job-1"], host.Doorbell.Pending(Queues.Pool("local")));
    }

    private static async Task QueueAsync(ApiHost host, string id, Func<JobRecord, JobRecord>? change = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var job = new JobRecord
        {
            Id = id,
            Name = id,
            Source = "api",
            CreatedAt = now,
            Status = JobStatus.Queued,
            QueuedAt = now,
            Spec = new JobSpec { Program = new ProgramSpec { Command = ["python3", "train.py"] }, Arguments = ["--epochs", "", "two words", "ü"] },
        };
        Assert.True(await host.Jobs.CreateAsync(change?.Invoke(job) ?? job, Cancel));
        await host.Doorbell.RingAsync(Queues.Pool("local"), id, RingOptions.Plain, Cancel);
    }

    private static async Task<JobTicket> ClaimAsync(HttpClient client, double wait = 5, string node = "node-1")
    {
        using var response = await client.PostAsync(Routes.AgentClaim, ApiHost.Json(new ClaimRequest(node, wait), ContractsJson.Default.ClaimRequest), Cancel);
        return await ApiHost.ReadAsync(response, ContractsJson.Default.JobTicket);
    }

    private static async Task<RenewResponse> RenewAsync(HttpClient node)
    {
        using var response = await node.PostAsync(Routes.Fill(Routes.AgentRenew, "job-1"), ApiHost.Json(new RenewRequest("node-1", 1), ContractsJson.Default.RenewRequest), Cancel);
        return await ApiHost.ReadAsync(response, ContractsJson.Default.RenewResponse);
    }

    private static async Task ReportAsync(HttpClient node, AttemptReport report)
    {
        using var response = await node.PostAsync(Routes.Fill(Routes.AgentReport, "job-1"), ApiHost.Json(report, ContractsJson.Default.AttemptReport), Cancel);
        await ApiHost.ReadAsync(response, ContractsJson.Default.RenewResponse);
    }

    private static async Task<long> LogAsync(HttpClient node, long offset, string text)
    {
        using var response = await node.PutAsync(Routes.Fill(Routes.AgentLog, "job-1") + $"?node=node-1&epoch=1&offset={offset}", new StringContent(text), Cancel);
        return (await ApiHost.ReadAsync(response, ContractsJson.Default.LogAppended)).Length;
    }

    private static async Task<IReadOnlyList<FileAddress?>> UploadsAsync(HttpClient node, FileKind kind, ContentFile file)
    {
        using var response = await node.PostAsync(Routes.Fill(Routes.AgentUploads, "job-1"), ApiHost.Json(new UploadRequest("node-1", 1, kind, [file]), ContractsJson.Default.UploadRequest), Cancel);
        return (await ApiHost.ReadAsync(response, ContractsJson.Default.UploadResponse)).Addresses;
    }

    private static async Task<List<HttpResponseMessage>> AllCallsAsync(HttpClient client, string node, int epoch)
    {
        var file = new ContentFile("x", new string('d', 64), 1);
        var report = new AttemptReport { NodeId = node, Epoch = epoch, Phase = AttemptPhase.Running, Points = [new MetricPoint("loss", 1, null, default)] };
        return
        [
            await client.PostAsync(Routes.Fill(Routes.AgentRenew, "job-1"), ApiHost.Json(new RenewRequest(node, epoch), ContractsJson.Default.RenewRequest), Cancel),
            await client.PostAsync(Routes.Fill(Routes.AgentReport, "job-1"), ApiHost.Json(report, ContractsJson.Default.AttemptReport), Cancel),
            await client.PutAsync(Routes.Fill(Routes.AgentLog, "job-1") + $"?node={node}&epoch={epoch}&offset=0", new StringContent("late"), Cancel),
            await client.PostAsync(Routes.Fill(Routes.AgentUploads, "job-1"), ApiHost.Json(new UploadRequest(node, epoch, FileKind.Model, [file]), ContractsJson.Default.UploadRequest), Cancel),
            await client.PostAsync(Routes.Fill(Routes.AgentCheckpoint, "job-1"), ApiHost.Json(new CheckpointCommit(node, epoch, 1, [file]), ContractsJson.Default.CheckpointCommit), Cancel),
        ];
    }

    private static AttemptReport Points(int first, int count) => new()
    {
        NodeId = "node-1",
        Epoch = 1,
        Phase = AttemptPhase.Running,
        FirstPoint = first,
        Points = [.. Enumerable.Range(first, count).Select(i => new MetricPoint("loss", i, i, DateTimeOffset.UnixEpoch.AddSeconds(i)))],
    };

    private static async Task<IEnumerable<double>> ValuesAsync(ApiHost host)
    {
        using var response = await host.Http.GetAsync(Routes.Fill(Routes.JobMetrics, "job-1"), Cancel);
        return (await ApiHost.ReadAsync(response, ContractsJson.Default.JobMetrics)).Points.Select(point => point.Value);
    }

    private static async Task<string> TextAsync(ApiHost host)
    {
        using var reader = new StreamReader(await host.Artifacts.OpenReadAsync(ArtifactPaths.Metrics("job-1", 1), null, Cancel));
        return await reader.ReadToEndAsync(Cancel);
    }
}
