using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent.Containers;

/// <summary>What the real podman makes of our command lines: the walls around a program, its contract, its ends.</summary>
public sealed class PodmanTests
{
    [Fact]
    public async Task Job_InAPodmanContainer_HasTheContractAndNothingMore()
    {
        using var podman = RealPodman.Open();
        await using var scene = await AgentScene.OpenAsync();
        var ticket = InImage(scene,
            """
            id -u; id -g; grep -E 'CapEff|NoNewPrivs' /proc/self/status
            touch /bin/x 2>&1; touch /job/inputs/train/x 2>&1; { echo y >> /job/inputs/train/a.csv; } 2>&1
            cat "$SERVERLESS_INPUT_TRAIN/a.csv"; echo; echo "home $HOME image $FROM_IMAGE key [$SERVERLESS_KEY] identity [$IDENTITY_HEADER]"
            echo m > "$SERVERLESS_MODEL_DIR/m"; echo a > "$SERVERLESS_ARTIFACTS_DIR/a"; echo t > /tmp/t; echo w > /job/w; echo '{"x":2}' > "$SERVERLESS_METRICS_FILE"
            cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null
            cat /opt/ml/more/b/c.csv; echo " at $SERVERLESS_INPUT_MORE"; touch /opt/ml/more/x 2>&1
            ls /sys/class/net; echo "args $# [$1] [$2]"
            """) with
        {
            Inputs = [new TicketInput("train", "inputs/train", [scene.Host.Put("a.csv", "hello input")]), new TicketInput("more", "/opt/ml/more", [scene.Host.Put("b/c.csv", "more input")])],
            Resources = new ResourceSpec { MemoryBytes = 96 << 20 },
            Network = JobNetwork.None,
        };
        ticket = ticket with { Arguments = [.. ticket.Arguments, "sh", "", "a b\n"] };

        var exit = await RunAsync(scene, podman, ticket);

        var log = scene.Host.Log(ticket.JobId);
        Assert.True(exit.Reason == JobReason.Completed, exit.Message + log);
        Assert.Contains("65532\n65532\n", log, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000", log, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", log, StringComparison.Ordinal);
        Assert.Contains("/bin/x: Read-only file system", log, StringComparison.Ordinal);
        Assert.Contains("/job/inputs/train/x: Read-only file system", log, StringComparison.Ordinal);
        Assert.Contains("\nhello input\n", log, StringComparison.Ordinal);
        Assert.Contains("more input at /opt/ml/more", log, StringComparison.Ordinal);
        Assert.Contains("/opt/ml/more/x: Read-only file system", log, StringComparison.Ordinal);
        Assert.Contains("home /tmp image yes key [] identity []", log, StringComparison.Ordinal);
        Assert.Contains((96 << 20).ToString(System.Globalization.CultureInfo.InvariantCulture), log, StringComparison.Ordinal);
        Assert.Contains("\nlo\nargs 2 [] [a b\n]", log, StringComparison.Ordinal);
        Assert.Equal("m\n"u8.ToArray(), scene.Host.Files[(ticket.JobId, 1, FileKind.Model, "m")]);
        Assert.Equal("a\n"u8.ToArray(), scene.Host.Files[(ticket.JobId, 1, FileKind.Artifacts, "a")]);
        Assert.Equal([2.0], scene.Host.Values(ticket.JobId, "x"));
        Assert.StartsWith("sha256:", scene.Host.Jobs[ticket.JobId].Machine!.Image, StringComparison.Ordinal);
        Assert.Empty(podman.Containers());
    }

    [Fact]
    public async Task Container_ThatTakesTooMuchMemory_IsSaidToHaveBeenKilledForIt()
    {
        using var podman = RealPodman.Open();
        await using var scene = await AgentScene.OpenAsync();

        var exit = await RunAsync(scene, podman, InImage(scene, "exec tail -c 500000000 /dev/zero") with { Resources = new ResourceSpec { MemoryBytes = 64 << 20 } });

        Assert.Equal((JobReason.OutOfMemory, 137), (exit.Reason, exit.ExitCode));
        Assert.Contains("64 MiB", exit.Message, StringComparison.Ordinal);
        Assert.Empty(podman.Containers());
    }

    [Theory]
    [InlineData("/bin/nosuch", JobReason.ProgramNotFound, "does not exist in the image")]
    [InlineData("/bin/noexec", JobReason.ProgramNotFound, "may not be executed")]
    public async Task Program_ThatCannotStart_IsToldApart(string program, JobReason reason, string words)
    {
        using var podman = RealPodman.Open();
        await using var scene = await AgentScene.OpenAsync();

        var exit = await RunAsync(scene, podman, InImage(scene, "") with { Command = [program], Arguments = [] });

        Assert.True(reason == exit.Reason, exit.Message);
        Assert.Contains(words, exit.Message, StringComparison.Ordinal);
        Assert.Empty(podman.Containers());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(127)]
    [InlineData(143)]
    public async Task Program_ThatEnds_HasItsOwnCode(int code)
    {
        using var podman = RealPodman.Open();
        await using var scene = await AgentScene.OpenAsync();

        var exit = await RunAsync(scene, podman, InImage(scene, $"exit {code}"));

        Assert.Equal((code == 0 ? JobReason.Completed : JobReason.ProgramFailed, code), (exit.Reason, exit.ExitCode));
    }

    [Fact]
    public async Task Stop_OfAContainer_LetsItSaveItsCheckpoint()
    {
        using var podman = RealPodman.Open();
        await using var scene = await AgentScene.OpenAsync();
        var ticket = InImage(scene, "trap 'echo saved > $SERVERLESS_CHECKPOINT_DIR/s; exit 5' TERM; echo up; while :; do sleep 0.1; done");
        scene.Host.Submit(ticket);
        var agent = scene.Agent(more: podman.Options);
        await ProgramEndTests.SaysAsync(scene, ticket.JobId, "up");

        agent.Terminate();

        Assert.Equal(0, await agent.ExitCodeAsync());
        Assert.Equal((JobReason.Evicted, 5), (scene.Host.Jobs[ticket.JobId].Exit!.Reason, scene.Host.Jobs[ticket.JobId].Exit!.ExitCode));
        Assert.Equal("saved\n", scene.Host.Checkpoint(ticket.JobId, "s"));
        Assert.Empty(podman.Containers());
    }

    [Fact]
    public async Task Agent_KilledWithItsGuard_LeavesAContainerThatTheNextAgentRemoves()
    {
        using var podman = RealPodman.Open();
        await using var scene = await AgentScene.OpenAsync();
        var ticket = InImage(scene, "echo up; while :; do sleep 0.1; done");
        scene.Host.Submit(ticket);
        var agent = scene.Agent(more: podman.Options);
        await ProgramEndTests.SaysAsync(scene, ticket.JobId, "up");
        foreach (var guard in GuardsOf(agent.Id))
            guard.Kill();
        agent.Kill();
        await agent.ExitCodeAsync();
        Assert.Single(podman.Containers());
        scene.Host.IdleSeconds = 0;

        Assert.Equal(0, await scene.Agent("node-2", more: podman.Options).ExitCodeAsync());

        Assert.Empty(podman.Containers());
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Data["attempts"]));
    }

    private static IEnumerable<System.Diagnostics.Process> GuardsOf(int agent) => System.Diagnostics.Process.GetProcessesByName("sh")
        .Where(process => File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[^1].Split(' ')[1] == agent.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static JobTicket InImage(AgentScene scene, string script) => scene.Ticket() with { Command = null, Image = RealPodman.Image, Arguments = ["-c", script], Network = JobNetwork.None };

    private static async Task<AttemptExit> RunAsync(AgentScene scene, RealPodman podman, JobTicket ticket)
    {
        scene.Host.Submit(ticket);
        scene.Agent(more: podman.Options);
        return await scene.Host.ExitAsync(ticket.JobId);
    }
}
