using Serverless.Agent.Containers;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Containers;

/// <summary>The exact command lines: what keeps a program in its container is here, so it is held word by word.</summary>
public sealed class ContainerArgumentsTests
{
    private static readonly string Hash = "sha256:" + new string('1', 64);
    private static readonly ContainerImage Image = new(Hash, "double@" + Hash, true);

    private static readonly ContainerMachine Machine = new()
    {
        Kind = ContainerRuntimeKind.Podman,
        Facts = new RuntimeFacts(true, true, true, true),
        Agent = (0, 0),
        VCpus = 4,
        MemoryBytes = 8L << 30,
        MaxOpenFiles = 4096,
    };

    [Fact]
    public void Run_ByPodmanAsRoot_IsExactlyThis()
    {
        using var data = new TempFolder();
        using var folder = AttemptFolder.Create(data.Path, "job-1", 2);

        var words = Words(Ticket(), folder, Machine with { Network = "serverless" });

        string[] expected =
        [
            "run", $"--name={ContainerNames.Of("job-1", 2, folder.Root)}", $"--label=serverless.attempt={folder.Root}", "--label=serverless.job=job-1",
            "--pull=never", "--log-driver=none", "--cap-drop=all", "--security-opt=no-new-privileges", "--user=65532:65532",
            "--http-proxy=false", "--read-only-tmpfs=false", "--read-only", "--tmpfs=/run:rw,nosuid,nodev,noexec,size=16777216,mode=1777", "--init",
            "--cpus=4", "--memory=8321499136", "--memory-swap=8321499136", "--pids-limit=4096", "--shm-size=4160749568", "--ulimit=core=0:0", "--ulimit=nofile=4096:4096", "--ulimit=nproc=16384:16384",
            "--network=serverless",
            $"--mount=type=bind,source={folder.Work},target=/job", $"--mount=type=bind,source={folder.Work}/inputs/train,target=/job/inputs/train,readonly",
            $"--mount=type=bind,source={folder.Model},target=/output/model", $"--mount=type=bind,source={folder.Artifacts},target=/output/artifacts",
            $"--mount=type=bind,source={folder.Checkpoint},target=/output/checkpoint", $"--mount=type=bind,source={folder.Tensorboard},target=/output/tensorboard",
            $"--mount=type=bind,source={folder.Metrics},target=/output/metrics", $"--mount=type=bind,source={folder.Temporary},target=/tmp",
            "--env=A", "--env=SERVERLESS_ARTIFACTS_DIR", "--env=SERVERLESS_CHECKPOINT_DIR", "--env=SERVERLESS_INPUT_TRAIN", "--env=SERVERLESS_JOB_ID",
            "--env=SERVERLESS_METRICS_FILE", "--env=SERVERLESS_MODEL_DIR", "--env=SERVERLESS_TENSORBOARD_DIR", $"--env-file={folder.Root}/variables",
            Hash, "--lr", "0.1", "", "a b", "--privileged",
        ];
        Assert.Equal(expected, words);
    }

    [Fact]
    public void Run_ByDockerAsAUser_IsExactlyThis()
    {
        using var data = new TempFolder();
        using var folder = AttemptFolder.Create(data.Path, "job-1", 1);
        var ticket = Ticket() with
        {
            Command = ["[python3", "train.py"],
            Inputs = [],
            Environment = new Dictionary<string, string>(),
            Code = [new TicketFile(new ContentFile("train.py", new string('0', 64), 1), new FileAddress("http://x/", DateTimeOffset.UnixEpoch))],
            Network = JobNetwork.None,
            WritableRoot = true,
            Resources = new ResourceSpec { VCpus = 2, MemoryBytes = 1 << 30, Gpu = new GpuSpec("t4", 1) },
        };

        var words = Words(ticket, folder, Machine with { Kind = ContainerRuntimeKind.Docker, Agent = (998, 997), Network = "serverless", Facts = new RuntimeFacts(true, true, true, false) });

        Assert.Equal(
            ["--pull=never", "--log-driver=none", "--cap-drop=all", "--security-opt=no-new-privileges", "--user=998:997", "--cpus=2", "--memory=1073741824", "--memory-swap=1073741824",
                "--pids-limit=4096", "--shm-size=536870912", "--ulimit=core=0:0", "--ulimit=nofile=4096:4096", "--ulimit=nproc=16384:16384", "--gpus=all", "--network=none"],
            words.Skip(4).TakeWhile(word => !word.StartsWith("--mount", StringComparison.Ordinal)));
        Assert.Equal(["--entrypoint=[python3", Hash, "train.py", "--lr", "0.1", "", "a b", "--privileged"], words.SkipWhile(word => !word.StartsWith("--entrypoint", StringComparison.Ordinal)));
        Assert.Contains("--workdir=/job", words);
    }

    [Fact]
    public void Run_ByPodmanWithoutRootAndControlGroups_LeavesOutWhatItCannotDo()
    {
        using var data = new TempFolder();
        using var folder = AttemptFolder.Create(data.Path, "job-1", 1);

        var words = Words(Ticket() with { Algorithm = "logistic-regression", Command = null, Resources = new ResourceSpec { Gpu = new GpuSpec("t4", 1) } }, folder,
            Machine with { Agent = (1000, 1000), Facts = new RuntimeFacts(false, false, false, false) });

        Assert.Contains("--userns=keep-id", words);
        Assert.Contains("--user=1000:1000", words);
        Assert.Contains("--device=nvidia.com/gpu=all", words);
        Assert.DoesNotContain(words, word => word.StartsWith("--memory", StringComparison.Ordinal) || word.StartsWith("--cpus", StringComparison.Ordinal) || word.StartsWith("--network", StringComparison.Ordinal));
        Assert.Equal([Hash, "logistic-regression", "--lr", "0.1", "", "a b", "--privileged"], words.SkipWhile(word => word != Hash));
    }

    [Fact]
    public void Run_Secrets_AreOnNoCommandLine()
    {
        using var data = new TempFolder();
        using var folder = AttemptFolder.Create(data.Path, "job-1", 1);
        var ticket = Ticket() with
        {
            Secrets = new Dictionary<string, string> { ["TOKEN"] = "s3cret-one", ["DOCKER_PASSWORD"] = "s3cret-two", ["PEM"] = "s3cret\nthree" },
            Environment = new Dictionary<string, string> { ["PATH"] = "/a:/b", ["SERVERLESS_JOB_ID"] = "forged", ["_X"] = "1\n2" },
        };

        var plan = ContainerPlan.For(ticket, folder, Image, Machine);
        var words = ContainerArguments.Run(plan, Machine);

        Assert.DoesNotContain(words, word => word.Contains("s3cret", StringComparison.Ordinal));
        Assert.Contains("--env=TOKEN", words);
        Assert.Contains("--env=_X=1\n2", words);
        Assert.Equal(["DOCKER_PASSWORD", "HOME", "PATH"], ContainerVariables.ByFile(plan).Select(pair => pair.Key));
        Assert.Equal("job-1", ContainerVariables.ByClient(plan).Single(pair => pair.Key == "SERVERLESS_JOB_ID").Value);
        Assert.Null(ContainerVariables.Problem(plan));
        var both = ContainerPlan.For(ticket with { Secrets = new Dictionary<string, string> { ["DOCKER_X"] = "1\n2" } }, folder, Image, Machine);
        Assert.Contains("'DOCKER_X'", ContainerVariables.Problem(both), StringComparison.Ordinal);
    }

    /// <summary>A client that cannot reach its daemon has read all words before it says so; a word that it does not know it names instead.</summary>
    [Fact]
    public void Run_ByTheRealDockerClient_AreWordsThatItKnows()
    {
        const string docker = "/usr/bin/docker";
        var path = new[] { docker, "/usr/local/bin/docker" }.FirstOrDefault(File.Exists);
        Needs.Have("docker-client", path is not null, "Install docker's client; no daemon is needed.");
        using var data = new TempFolder();
        using var folder = AttemptFolder.Create(data.Path, "job-1", 1);
        File.WriteAllText(Path.Combine(folder.Root, "variables"), "HOME=/tmp\n");
        var machine = Machine with { Kind = ContainerRuntimeKind.Docker, Network = "serverless" };
        var gpu = Ticket() with { Resources = new ResourceSpec { Gpu = new GpuSpec("t4", 1) } };
        string[][] all = [[.. Words(gpu, folder, machine)], [.. ContainerArguments.Remove("x")], [.. ContainerArguments.Signal("x", "KILL")], [.. ContainerArguments.Inspect("x")], [.. ContainerArguments.InspectImage("x")], [.. ContainerArguments.Attempts()], [.. ContainerArguments.Pull("x")]];

        foreach (var words in all)
        {
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(path!, words)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                Environment = { ["DOCKER_HOST"] = $"unix://{data.Path}/none.sock" },
            })!;
            var said = process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), $"'docker {words[0]}' did not end within 30 s.");
            Assert.Contains("none.sock", said, StringComparison.Ordinal);
            Assert.DoesNotContain("unknown flag", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EntryPoint_ForPodman_IsAJsonArray()
    {
        using var data = new TempFolder();
        using var folder = AttemptFolder.Create(data.Path, "job-1", 1);

        var words = Words(Ticket() with { Command = ["[\"a\" b"] }, folder, Machine);

        var entryPoint = words.Single(word => word.StartsWith("--entrypoint=", StringComparison.Ordinal))["--entrypoint=".Length..];
        Assert.Equal(["[\"a\" b"], System.Text.Json.JsonSerializer.Deserialize<string[]>(entryPoint)!);
    }

    [Theory]
    [InlineData("/a/b", "type=bind,source=/a/b,target=/job")]
    [InlineData("/a,b", "type=bind,\"source=/a,b\",target=/job")]
    [InlineData("/a\"b", "type=bind,\"source=/a\"\"b\",target=/job")]
    public void Mount_WithAnyPath_IsOneCsvLine(string source, string expected) => Assert.Equal(expected, new ContainerMount(source, "/job").ToString());

    [Theory]
    [InlineData(0, 8L << 30, (8L << 30) - (256L << 20))]
    [InlineData(1L << 30, 8L << 30, 1L << 30)]
    [InlineData(64L << 30, 8L << 30, 8L << 30)]
    [InlineData(1, 8L << 30, 16L << 20)]
    public void Memory_Asked_IsTheBoundWithinTheMachine(long asked, long machine, long expected)
    {
        using var data = new TempFolder();
        using var folder = AttemptFolder.Create(data.Path, "job-1", 1);

        var plan = ContainerPlan.For(Ticket() with { Resources = new ResourceSpec { MemoryBytes = asked } }, folder, Image, Machine with { MemoryBytes = machine });

        Assert.Equal(expected, plan.MemoryBytes);
    }

    [Theory]
    [InlineData(0, 0, "65532:65532")]
    [InlineData(1000, 0, "1000:65532")]
    [InlineData(998, 997, "998:997")]
    public void User_OfAProgram_IsNeverRoot(uint user, uint group, string expected) => Assert.Equal(expected, ContainerUser.For(user, group).ToString());

    [Fact]
    public void Name_OfAContainer_IsPlainAndItsOwn()
    {
        Assert.Matches("^serverless-job---a-3-[0-9a-f]{8}$", ContainerNames.Of("job-/;a", 3, "/x"));
        Assert.NotEqual(ContainerNames.Of("job", 3, "/x"), ContainerNames.Of("job", 3, "/y"));
    }

    private static IReadOnlyList<string> Words(JobTicket ticket, AttemptFolder folder, ContainerMachine machine) =>
        ContainerArguments.Run(ContainerPlan.For(ticket, folder, Image, machine), machine);

    private static JobTicket Ticket() => new()
    {
        JobId = "job-1",
        Epoch = 2,
        LeaseSeconds = 1,
        Image = "double",
        Arguments = ["--lr", "0.1", "", "a b", "--privileged"],
        Environment = new Dictionary<string, string> { ["A"] = "1" },
        Inputs = [new TicketInput("train", "inputs/train", [])],
        Code = [],
        Checkpoint = [],
        Metrics = [],
        Limits = new LimitSpec(),
    };
}
