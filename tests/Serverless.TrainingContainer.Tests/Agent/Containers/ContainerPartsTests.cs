using System.Text.Json;
using Serverless.Agent.Containers;
using Serverless.Agent.Unix;
using Serverless.Contracts.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent.Containers;

/// <summary>What runtimes say, and what is made of it.</summary>
public sealed class ContainerPartsTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("python", "docker.io/library/python:latest")]
    [InlineData("python:3.12", "docker.io/library/python:3.12")]
    [InlineData("team/train", "docker.io/team/train:latest")]
    [InlineData("localhost/train:1", "localhost/train:1")]
    [InlineData("localhost:5000/train", "localhost:5000/train:latest")]
    [InlineData("ghcr.io/a/b:1@" + Digest, "ghcr.io/a/b@" + Digest)]
    public void Reference_InFull_IsTheSameForEveryRuntime(string name, string full) => Assert.Equal(full, ImageReference.Parse(name).Full);

    [Theory]
    [InlineData("""[{"Id":"aa","RepoDigests":["docker.io/library/x@sha256:1","ghcr.io/a/b@sha256:2"],"Config":{"Cmd":["sh"]}}]""", "ghcr.io/a/b:1", "ghcr.io/a/b@sha256:2", true)]
    [InlineData("""[{"Id":"sha256:aa","RepoDigests":["x@sha256:1"],"Config":{"Entrypoint":null,"Cmd":null}}]""", "x", "x@sha256:1", false)]
    [InlineData("""[{"Id":"aa","RepoDigests":[],"Config":{}}]""", "x", "sha256:aa", false)]
    [InlineData("""[{"Id":"aa","RepoDigests":["localhost/x@sha256:1"],"Config":{"Entrypoint":["/a"]}}]""", "localhost/x", "sha256:aa", true)]
    public void Image_AsInspected_IsRecordedByItsRegistrysDigestElseItsId(string json, string name, string digest, bool entryPoint) =>
        Assert.Equal(new ContainerImage("sha256:aa", digest, entryPoint), ContainerImage.Parse(json, name));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"Id":7}]""")]
    public void Descriptions_ThatAreNone_AreJsonErrors(string json)
    {
        Assert.ThrowsAny<JsonException>(() => ContainerImage.Parse(json, "x"));
        Assert.ThrowsAny<JsonException>(() => ContainerState.Parse(json));
    }

    [Fact]
    public void State_OfDockerAndPodman_AreReadAlike()
    {
        const string state = """[{"State":{"Status":"exited","Running":false,"OOMKilled":true,"Pid":0,"ExitCode":137,"Error":"","StartedAt":"2026-01-01T00:00:00.123456789Z"},"Config":{"Labels":{"serverless.attempt":"/d"}}}]""";

        var read = ContainerState.Parse(state);

        Assert.Equal((false, true, true, 137, "/d"), (read.Running, read.Started, read.KilledForMemory, read.ExitCode, read.Attempt));
        Assert.False(ContainerState.Parse("""[{"State":{"StartedAt":"0001-01-01T00:00:00Z","Pid":"x"}}]""").Started);
    }

    [Theory]
    [InlineData("Error: manifest for x:2 not found: manifest unknown", JobReason.ImageUnavailable, false, "does not exist")]
    [InlineData("Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login': denied", JobReason.ImageUnavailable, false, "may not pull it")]
    [InlineData("Error: unauthorized: authentication required", JobReason.ImageUnavailable, false, "AcrPull")]
    [InlineData("no basic auth credentials", JobReason.ImageUnavailable, false, "credentials")]
    [InlineData("toomanyrequests: You have reached your pull rate limit", JobReason.ImageUnavailable, true, "no more requests")]
    [InlineData("no matching manifest for linux/arm64/v8 in the manifest list entries", JobReason.ImageUnavailable, false, "kind of machine")]
    [InlineData("failed to register layer: write /usr/lib/x: no space left on device", JobReason.DiskFull, false, "disk is full")]
    [InlineData("dial tcp: lookup registry.example: no such host", JobReason.ImageUnavailable, true, "reaches its registry")]
    [InlineData("", JobReason.ImageUnavailable, true, "reaches its registry")]
    public void Pull_ThatFailed_IsSaidWithItsCure(string said, JobReason reason, bool retryable, string words)
    {
        var failure = PullFailure.Of("x:2", said);

        Assert.Equal((reason, retryable), (failure.Reason, failure.Retryable));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_OfDocker_SayWhatItCanBoundOrThatItsDaemonIsAway()
    {
        var facts = RuntimeFacts.OfDocker("""{"CpuCfsQuota":true,"MemoryLimit":true,"PidsLimit":false,"InitBinary":"docker-init"}""", out var none);
        Assert.Equal((new RuntimeFacts(true, true, false, true), null), (facts, none));

        RuntimeFacts.OfDocker("""{"ServerErrors":["Cannot connect to the Docker daemon"]}""", out var problem);
        Assert.Equal("Cannot connect to the Docker daemon", problem);
    }

    [Theory]
    [InlineData("podman version 4.3.1", "Podman")]
    [InlineData("Docker version 24.0.7, build afdd53b", "Docker")]
    [InlineData("Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg.\npodman version 4.9.3", "Podman")]
    [InlineData("busybox", null)]
    public void Runtime_ByItsVersion_IsKnown(string version, string? kind) => Assert.Equal(kind, RuntimeSearch.Of("/usr/bin/docker", version)?.Kind.ToString());

    [Fact]
    public void Limits_OfTheProcess_AreReadFromTheKernelsTable()
    {
        const string table = "Limit                     Soft Limit           Hard Limit           Units     \nMax processes             96365                unlimited            processes \nMax open files            1024                 20000                files     \n";

        Assert.Equal((20000L, null), ResourceLimits.Parse(table));
        Assert.Equal((null, null), ResourceLimits.Parse(""));
    }
}
