using System.Globalization;
using Serverless.Agent.Containers;
using Serverless.Agent.Logs;
using Serverless.Agent.Options;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Containers;

/// <summary>The runner of containers with a runtime that plays every behaviour: what the program gets, and what becomes of it.</summary>
public sealed class ContainerRunTests
{
    private const string Image = "localhost:5000/double:1";

    [Fact]
    public async Task Job_InAnImage_GetsTheContractAndIsRecordedByDigest()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        var ticket = InImage(scene, "cat $SERVERLESS_INPUT_TRAIN/a.csv; echo; echo 'loss = 0.5'; echo $JOB_TOKEN > $SERVERLESS_MODEL_DIR/m; echo '{\"x\":2}' > $SERVERLESS_METRICS_FILE; cp mine.txt $SERVERLESS_ARTIFACTS_DIR/") with
        {
            Environment = new Dictionary<string, string> { ["JOB_TOKEN"] = "a b=c" },
            Inputs = [new TicketInput("train", "inputs/train", [scene.Host.Put("a.csv", "hello input")])],
            Code = [scene.Host.Put("mine.txt", "code")],
        };

        var exit = await RunAsync(scene, runtime, ticket);

        Assert.Equal((JobReason.Completed, 0), (exit.Reason, exit.ExitCode));
        Assert.Contains("hello input", scene.Host.Log(ticket.JobId), StringComparison.Ordinal);
        Assert.Equal([0.5], scene.Host.Values(ticket.JobId, "loss"));
        Assert.Equal([2.0], scene.Host.Values(ticket.JobId, "x"));
        Assert.Equal("a b=c\n"u8.ToArray(), scene.Host.Files[(ticket.JobId, 1, FileKind.Model, "m")]);
        Assert.Equal("code"u8.ToArray(), scene.Host.Files[(ticket.JobId, 1, FileKind.Artifacts, "mine.txt")]);
        Assert.Equal("localhost:5000/double@sha256:" + new string('d', 64), scene.Host.Jobs[ticket.JobId].Machine!.Image);
        Assert.Empty(runtime.Containers);
        Assert.DoesNotContain(runtime.Calls, call => call.Any(word => word.Contains("a b=c", StringComparison.Ordinal)));
        Assert.DoesNotContain(runtime.Calls, call => call[0] == "pull");
    }

    [Fact]
    public async Task Image_ThatIsNotThere_IsPulledWithItsProgressInTheLog()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        runtime.Set("image-absent", "yes");
        runtime.Set("pull", "flaky");
        var ticket = InImage(scene, "true");

        var exit = await RunAsync(scene, runtime, ticket);

        Assert.Equal(JobReason.Completed, exit.Reason);
        Assert.Equal(2, runtime.Calls.Count(call => call is ["pull", Image]));
        Assert.Contains("[serverless] Copying blob", scene.Host.Log(ticket.JobId), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Error: initializing source docker://x: reading manifest 1 in x: manifest unknown", JobReason.ImageUnavailable, "does not exist in its registry")]
    [InlineData("Error: initializing source docker://x: Requesting bearer token: invalid status code from registry 403 (Forbidden)", JobReason.ImageUnavailable, "credentials")]
    [InlineData("Error: copying system image: writing blob: storing blob to file \"/var/tmp/s\": write /var/tmp/s: no space left on device", JobReason.DiskFull, "disk is full")]
    public async Task Image_ThatCannotBePulled_EndsTheJobWithTheCure(string words, JobReason reason, string cure)
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        runtime.Set("image-absent", "yes");
        runtime.Set("pull", words);

        var exit = await RunAsync(scene, runtime, InImage(scene, "true"));

        Assert.Equal((reason, null), (exit.Reason, exit.ExitCode));
        Assert.Contains(cure, exit.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(runtime.Calls, call => call[0] == "run");
    }

    [Fact]
    public async Task Image_WhosePullHangs_IsGivenUpAtItsLimit()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        runtime.Set("image-absent", "yes");
        runtime.Set("pull", "hang");

        var exit = await RunAsync(scene, runtime, InImage(scene, "true"), "--pull-seconds", "1");

        Assert.Equal(JobReason.ImageUnavailable, exit.Reason);
        Assert.Contains("--pull-seconds", exit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_OfNoRegistryThatIsNotThere_IsNotPulled()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();

        var exit = await RunAsync(scene, runtime, InImage(scene, "true") with { Image = "localhost/other" });

        Assert.Equal(JobReason.ImageUnavailable, exit.Reason);
        Assert.DoesNotContain(runtime.Calls, call => call[0] == "pull");
    }

    [Theory]
    [InlineData("not-found", JobReason.ProgramNotFound, "does not exist in the image")]
    [InlineData("not-executable", JobReason.ProgramNotFound, "may not be executed")]
    [InlineData("broken", JobReason.ContainerFailed, "--container-network")]
    [InlineData("no-device", JobReason.ContainerFailed, "NVIDIA")]
    [InlineData("oom", JobReason.OutOfMemory, "killed for memory; it may use 64 MiB")]
    [InlineData("client-dies", JobReason.ContainerFailed, "ran on")]
    public async Task Container_ThatDoesNotEndWell_IsToldApart(string behaviour, JobReason reason, string words)
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        runtime.Set("run", behaviour);
        var script = behaviour == "client-dies" ? "sleep 1000" : "true";

        var exit = await RunAsync(scene, runtime, InImage(scene, script) with { Resources = new ResourceSpec { MemoryBytes = 64 << 20 } });

        Assert.Equal(reason, exit.Reason);
        Assert.Contains(words, exit.Message, StringComparison.Ordinal);
        Assert.Empty(runtime.Containers);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    public async Task Program_WithTheRuntimesOwnCodes_FailedByItself(int code)
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();

        var exit = await RunAsync(scene, runtime, InImage(scene, $"exit {code}"));

        Assert.Equal((JobReason.ProgramFailed, code), (exit.Reason, exit.ExitCode));
    }

    [Fact]
    public async Task Stop_OfAContainer_IsSigtermThenKilledAfterTheGrace()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        scene.Host.RenewSeconds = 0.1;
        var ticket = InImage(scene, "trap 'echo asked' TERM; echo up; while :; do sleep 0.05; done") with { Limits = new LimitSpec { GraceSeconds = 1 } };
        scene.Host.Submit(ticket);
        scene.Agent(more: runtime.Options);
        await ProgramEndTests.SaysAsync(scene, ticket.JobId, "up");

        scene.Host.Change(ticket.JobId, each => each with { StopRequested = true });
        var exit = await scene.Host.ExitAsync(ticket.JobId);

        Assert.Equal((JobReason.StopRequested, 137), (exit.Reason, exit.ExitCode));
        Assert.Contains("asked", exit.LogTail);
        Assert.Empty(runtime.Containers);
    }

    [Fact]
    public async Task Agent_ToldToLeave_KeepsTheContainersCheckpointAndSaysEvicted()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        var ticket = InImage(scene, "trap 'echo saved > $SERVERLESS_CHECKPOINT_DIR/s; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        scene.Host.Submit(ticket);
        var agent = scene.Agent(more: runtime.Options);
        await ProgramEndTests.SaysAsync(scene, ticket.JobId, "up");

        agent.Terminate();

        Assert.Equal(0, await agent.ExitCodeAsync());
        Assert.Equal(JobReason.Evicted, scene.Host.Jobs[ticket.JobId].Exit!.Reason);
        Assert.Equal("saved\n", scene.Host.Checkpoint(ticket.JobId, "s"));
        Assert.Empty(runtime.Containers);
    }

    [Fact]
    public async Task Agent_ThatIsKilled_HasItsContainerRemovedByItsGuard()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        var ticket = InImage(scene, "echo $$; exec sleep 1000");
        scene.Host.Submit(ticket);
        var agent = scene.Agent(more: runtime.Options);
        await ProgramEndTests.SaysAsync(scene, ticket.JobId, "\n");
        var program = int.Parse(scene.Host.Log(ticket.JobId), CultureInfo.InvariantCulture);

        agent.Kill();

        await Eventually.TrueAsync("the end of the program", () => !Directory.Exists($"/proc/{program}"), cancel: TestContext.Current.CancellationToken);
        await Eventually.TrueAsync("the removal of the container", () => runtime.Containers.Count == 0, cancel: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Agent_WhoseClaimIsOver_RemovesItsContainer()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        scene.Host.RenewSeconds = 0.2;
        var ticket = InImage(scene, "echo up; exec sleep 1000");
        scene.Host.Submit(ticket);
        scene.Agent(more: runtime.Options);
        await ProgramEndTests.SaysAsync(scene, ticket.JobId, "up");

        scene.Host.Change(ticket.JobId, each => Core.Jobs.JobLife.Requeue(each, JobReason.NodeLost, "lost", TimeProvider.System.GetUtcNow()));

        await Eventually.TrueAsync("the removal of the container", () => runtime.Containers.Count == 0, cancel: TestContext.Current.CancellationToken);
        Assert.Null(scene.Host.Jobs[ticket.JobId].Exit);
    }

    [Theory]
    [InlineData("Azure", null, JobNetwork.Internet, false)]
    [InlineData("Azure", "serverless", JobNetwork.Internet, true)]
    [InlineData("Azure", null, JobNetwork.None, true)]
    [InlineData(null, null, JobNetwork.Internet, true)]
    public async Task Container_OnACloudsMachine_NeedsAGuardedNetworkOrNone(string? cloud, string? network, JobNetwork asked, bool runs)
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        var options = new AgentOptions
        {
            Host = scene.Host.Address,
            Pool = "local",
            NodeId = "n",
            DataFolder = scene.Data.Path,
            Token = "t",
            ContainerRuntime = runtime.Path,
            Cloud = cloud,
            ContainerNetwork = network,
        };
        var host = new ContainerHost(options, new NodeLog(TextWriter.Null, TimeProvider.System), TimeProvider.System);
        using var folder = AttemptFolder.Create(scene.Data.Path, "job-1", 1);
        var ticket = InImage(scene, "true") with { Network = asked };
        var image = await host.BringImageAsync(ticket, _ => { }, TestContext.Current.CancellationToken);

        var prepare = () => host.PrepareAsync(ticket, folder, image, TestContext.Current.CancellationToken);

        if (runs)
            Assert.Equal(asked == JobNetwork.None ? "--network=none" : network is null ? null : $"--network={network}", (await prepare()).Start.Arguments.SingleOrDefault(word => word.StartsWith("--network", StringComparison.Ordinal)));
        else
            Assert.Contains("--container-network", (await Assert.ThrowsAsync<StagingFailure>(prepare)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_GoneWithoutNotice_GoesOnInAnotherContainerFromTheLastCheckpoint()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        var ticket = InImage(scene, "if [ -e $SERVERLESS_CHECKPOINT_DIR/s ]; then echo goes on from $(cat $SERVERLESS_CHECKPOINT_DIR/s); exit 0; fi; echo 7 > $SERVERLESS_CHECKPOINT_DIR/s; echo up; exec sleep 1000");
        scene.Host.Submit(ticket);
        var agent = scene.Agent(more: runtime.Options);
        await Eventually.TrueAsync("the checkpoint", () => scene.Host.Checkpoint(ticket.JobId, "s") == "7\n", cancel: TestContext.Current.CancellationToken);
        agent.Kill();
        await agent.ExitCodeAsync();

        scene.Host.Requeue(ticket.JobId);
        scene.Agent("node-2", more: runtime.Options);
        var exit = await scene.Host.ExitAsync(ticket.JobId);

        Assert.Equal((JobReason.Completed, 2), (exit.Reason, scene.Host.Jobs[ticket.JobId].Epoch));
        Assert.Contains("goes on from 7", scene.Host.Log(ticket.JobId, epoch: 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_ThatStarts_RemovesContainersOfAKilledOneAndNoOthers()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        scene.Host.IdleSeconds = 0;
        Directory.CreateDirectory(scene.Data["attempts/job-9-1/job"]);
        Leave(runtime, "left", scene.Data["attempts/job-9-1"]);
        Leave(runtime, "elsewhere", "/other/attempts/job-9-1");

        Assert.Equal(0, await scene.Agent(more: runtime.Options).ExitCodeAsync());

        Assert.Equal(["elsewhere"], runtime.Containers.Select(file => Path.GetFileNameWithoutExtension(file)));
        Assert.False(Directory.Exists(scene.Data["attempts/job-9-1"]));
    }

    [Fact]
    public async Task Runtime_ThatDoesNotWork_IsSaidWithTheCure()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        runtime.Set("info", "broken");

        var exit = await RunAsync(scene, runtime, InImage(scene, "true"));

        Assert.Equal(JobReason.ImageUnavailable, exit.Reason);
        Assert.Contains("the database is locked", exit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runtime_WhoseWordsCannotBeRead_LosesNoJob()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        runtime.Set("inspect", "garbage");

        var exit = await RunAsync(scene, runtime, InImage(scene, "echo done"));

        Assert.Equal(JobReason.Completed, exit.Reason);
        Assert.Empty(runtime.Containers);
    }

    [Fact]
    public async Task Job_WithoutAnImage_OnANodeWithADefaultRunsInIt()
    {
        await using var scene = await AgentScene.OpenAsync();
        using var runtime = new DoubleRuntime();
        runtime.Set("entry-point", "/bin/echo\nalgorithms");

        var exit = await RunAsync(scene, runtime, scene.Ticket() with { Command = null, Algorithm = "logistic-regression", Arguments = ["--target", "y"] }, "--default-image", Image);

        Assert.Equal(JobReason.Completed, exit.Reason);
        Assert.Contains("algorithms logistic-regression --target y", scene.Host.Log("job-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_WithoutARuntime_SaysWhatIsMissing()
    {
        await using var scene = await AgentScene.OpenAsync();
        var ticket = InImage(scene, "true");
        scene.Host.Submit(ticket);
        scene.Agent(more: ["--container-runtime", "/nonexistent/podman"]);

        var exit = await scene.Host.ExitAsync(ticket.JobId);

        Assert.Equal(JobReason.ImageUnavailable, exit.Reason);
        Assert.Contains("/nonexistent/podman is not there", exit.Message, StringComparison.Ordinal);
    }

    private static JobTicket InImage(AgentScene scene, string script) => scene.Ticket() with { Command = null, Image = Image, Arguments = ["-c", script] };

    private static async Task<AttemptExit> RunAsync(AgentScene scene, DoubleRuntime runtime, JobTicket ticket, params string[] more)
    {
        scene.Host.Submit(ticket);
        scene.Agent(more: [.. runtime.Options, .. more]);
        return await scene.Host.ExitAsync(ticket.JobId);
    }

    private static void Leave(DoubleRuntime runtime, string name, string attempt)
    {
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(runtime.Path)!, "containers"));
        runtime.Set($"containers/{name}.json", $$"""{"Name":"{{name}}","Attempt":"{{attempt}}","Status":"exited","Process":0,"ExitCode":0,"KilledForMemory":false}""");
    }
}
