using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Core.Jobs.Validation;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Jobs;

/// <summary>Jobs that run in a container image: what may be asked for, and what is recorded.</summary>
public sealed class ImageTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset T = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("python")]
    [InlineData("python:3.12-slim")]
    [InlineData("localhost/train")]
    [InlineData("localhost:5000/team/train:1.0_rc-1")]
    [InlineData("Registry.Example.COM/a__b/c.d-e:V1")]
    [InlineData("ghcr.io/team/train:1@" + Digest)]
    [InlineData("train@" + Digest)]
    public void Check_ImagesName_IsGood(string image) => Assert.Empty(ImageRules.Check(image, "program.image"));

    [Theory]
    [InlineData("")]
    [InlineData("--privileged")]
    [InlineData("-v")]
    [InlineData("a b")]
    [InlineData("Python")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a:")]
    [InlineData("a:tag\n")]
    [InlineData("a@sha256:12")]
    [InlineData("a@md5:0123456789abcdef0123456789abcdef")]
    [InlineData("docker://a")]
    [InlineData("http://registry/a")]
    [InlineData("a;rm -rf /")]
    [InlineData("größe")]
    public void Check_NoImagesName_IsRefusedWithACure(string image)
    {
        var error = Assert.Single(ImageRules.Check(image, "program.image"));

        Assert.Contains("sha256", error.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LongImagesName_IsRefusedQuickly() =>
        Assert.Single(ImageRules.Check(string.Join('/', Enumerable.Repeat("a__a--a", 60_000)), "program.image"));

    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData("python3", null, true, true)]
    [InlineData(null, "logistic-regression", true, true)]
    [InlineData("python3", "logistic-regression", true, false)]
    [InlineData(null, null, false, false)]
    public void Check_ImageCommandAndAlgorithm_GoTogetherOrNot(string? command, string? algorithm, bool image, bool good)
    {
        var spec = new JobSpec { Program = new ProgramSpec { Command = command is null ? null : [command], Algorithm = algorithm, Image = image ? "train:1" : null } };

        Assert.Equal(good, JobValidation.Check(spec, "job").Count == 0);
    }

    [Fact]
    public void Check_WritableRootWithoutImage_IsRefused()
    {
        var spec = new JobSpec { Program = new ProgramSpec { Command = ["true"], WritableRoot = true } };

        Assert.Equal("job.program.writableRoot", Assert.Single(JobValidation.Check(spec, "job")).Path);
    }

    [Theory]
    [InlineData("/data", true, true)]
    [InlineData("/opt/ml/input/data/train", true, true)]
    [InlineData("data", true, true)]
    [InlineData("/data", false, false)]
    [InlineData("/", true, false)]
    [InlineData("//data", true, false)]
    [InlineData("/data/../etc", true, false)]
    [InlineData("/proc/self", true, false)]
    [InlineData("/TMP", true, false)]
    [InlineData("/job/x", true, false)]
    [InlineData("/output", true, false)]
    public void Check_InputsPath_MayBeAbsoluteInAnImageOnly(string path, bool image, bool good)
    {
        var program = image ? new ProgramSpec { Image = "train:1" } : new ProgramSpec { Command = ["true"] };

        var errors = JobValidation.Check(new JobSpec { Program = program, Inputs = [new InputSpec { Channel = "train", Dataset = "d", Path = path }] }, "job");

        Assert.Equal(good, errors.Count == 0);
    }

    [Fact]
    public void Check_InputsPaths_ThatLieInEachOther_AreRefused()
    {
        var inputs = new[] { ("a", "/data"), ("b", "/data/b"), ("c", "data") }.Select(each => new InputSpec { Channel = each.Item1, Dataset = "d", Path = each.Item2 });

        Assert.Single(JobValidation.Check(new JobSpec { Program = new ProgramSpec { Image = "train:1" }, Inputs = [.. inputs] }, "job"));
    }

    [Theory]
    [InlineData("ghcr.io/team/train:1@" + Digest, "train")]
    [InlineData("localhost:5000/x", "x")]
    public void Name_OfAJobFromAnImage_IsTheImages(string image, string name) =>
        Assert.Equal(name, JobNames.Of(new JobSpec { Program = new ProgramSpec { Image = image } }));

    [Fact]
    public void Report_WithTheImage_IsRecordedWithTheMachine()
    {
        var report = new AttemptReport { NodeId = Some.Machine().NodeId, Epoch = Some.Claimed().Epoch, Phase = AttemptPhase.Running, Image = "train@" + Digest };

        var running = JobLife.Report(Some.Claimed(), report, Some.Lease, T);
        var later = JobLife.Report(running, report with { Image = null }, Some.Lease, T);

        Assert.Equal("train@" + Digest, later.Machine!.Image);
        Assert.Null(JobLife.Report(Some.Claimed(), report with { Image = "no\nimage" }, Some.Lease, T).Machine!.Image);
    }

    [Theory]
    [InlineData(JobReason.ImageUnavailable)]
    [InlineData(JobReason.ContainerFailed)]
    public void Reasons_OfContainers_EndTheJobWithACure(JobReason reason)
    {
        Assert.False(JobReasons.Retryable(reason));
        Assert.Equal(JobStatus.Failed, JobReasons.FinalStatus(reason));
        Assert.NotNull(JobReasons.Cure(reason));
    }
}
