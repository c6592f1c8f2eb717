using System.Text.Json;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Core.Jobs;
using Serverless.Core.Jobs.Validation;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Jobs;

public sealed class JobValidationTests
{
    private static IEnumerable<string> Paths(JobSpec spec, bool inTrigger = false) => JobValidation.Check(spec, "job", inTrigger).Select(error => error.Path);

    [Fact]
    public void Metrics_ByTag_AreChecked_AllErrorsAtOnce()
    {
        Assert.Empty(Paths(Some.Spec() with { Metrics = [new MetricSpec("a") { Tag = "eval/accuracy" }, new MetricSpec("b") { Tag = "b", Events = "runs/**" }, new MetricSpec("c") { Tag = "c", Events = "runs/" }] }));
        string[] expected = ["job.metrics[0].pattern", "job.metrics[1]", "job.metrics[2].tag", "job.metrics[3].tag", "job.metrics[4].events", "job.metrics[5].events", "job.metrics[6].events", "job.metrics[7].pattern", "job.metrics[7].events"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Paths(Some.Spec() with
        {
            Metrics =
            [
                new MetricSpec("neither"), new MetricSpec("both", "x=(.)") { Tag = "x" }, new MetricSpec("empty") { Tag = " " }, new MetricSpec("long") { Tag = new string('x', JobLimits.TagLength + 1) },
                new MetricSpec("outside") { Tag = "x", Events = "../runs" }, new MetricSpec("absolute") { Tag = "x", Events = "/tmp/runs" }, new MetricSpec("all") { Tag = "x", Events = "**/runs" }, new MetricSpec("untagged") { Events = "runs" },
            ],
        }).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Check_GoodJob_HasNoErrors() => Assert.Empty(JobValidation.Check(Some.SpecWithModel("digits", new GateSpec("accuracy", GateOperator.AtLeast, 0.93)), "job"));

    [Fact]
    public void Check_ManyErrors_NamesAllAtOnceWithCures()
    {
        var spec = new JobSpec
        {
            Name = " ",
            Program = new ProgramSpec { Command = [""], Algorithm = "X", Code = [new ContentFile("../evil", "no", -1)] },
            Arguments = ["a\0b"],
            Environment = new Dictionary<string, string> { ["SERVERLESS_X"] = "1", ["9"] = "2" },
            Inputs = [new InputSpec { Channel = "a b", Dataset = "Bad" }, new InputSpec { Channel = "c" }],
            Metrics = [new MetricSpec("m", "(")],
            Resources = new ResourceSpec { Pool = "../p" },
            Limits = new LimitSpec { MaxRunSeconds = 0, GraceSeconds = -1, MaxAttempts = 21 },
            Model = new ModelSpec { Name = "M", File = "/abs", Endpoint = "", Gate = [new GateSpec("", GateOperator.Above, double.NaN)] },
        };

        var errors = JobValidation.Check(spec, "job");

        string[] expected =
        [
            "job.name", "job.program", "job.program.command", "job.program.algorithm", "job.program.code[0].path", "job.program.code[0].sha256",
            "job.program.code[0].sizeBytes", "job.arguments[0]", "job.environment", "job.inputs[0].channel", "job.inputs[0].dataset", "job.inputs[1].dataset",
            "job.metrics[0].pattern", "job.resources.pool", "job.limits.maxRunSeconds", "job.limits.graceSeconds", "job.limits.maxAttempts",
            "job.model.name", "job.model.file", "job.model.endpoint", "job.model.gate[0].metric", "job.model.gate[0].threshold",
        ];
        Assert.Superset(expected.ToHashSet(), errors.Select(error => error.Path).ToHashSet());
        Assert.All(errors, error => Assert.False(string.IsNullOrWhiteSpace(error.Cure)));
    }

    [Fact]
    public void Resources_ManyErrors_NamesAllAtOnce()
    {
        var spec = Some.Spec() with
        {
            Resources = new ResourceSpec { Pool = "../p", Size = "Standard D4", Gpu = new GpuSpec("T4;rm", 65), VCpus = -1, MemoryBytes = -1 },
            Limits = new LimitSpec { MaxCost = 0 },
        };
        Assert.Equal(
            ["job.limits.maxCost", "job.resources.gpu.count", "job.resources.gpu.type", "job.resources.memoryBytes", "job.resources.pool", "job.resources.size", "job.resources.vCpus"],
            Paths(spec).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Resources_Good_HaveNoErrors() => Assert.Empty(Paths(Some.Spec() with
    {
        Resources = new ResourceSpec { Pool = "gpu", Size = "Standard_NC4as_T4_v3", Gpu = new GpuSpec("a100", 8), VCpus = 96, MemoryBytes = 880L << 30, Spot = true },
        Limits = new LimitSpec { MaxCost = 0.01m },
    }));

    [Theory]
    [InlineData(@"loss: ([0-9.]+)", true)]
    [InlineData(@"loss: [0-9.]+", false)]
    [InlineData(@"(a+)+$", true)]
    [InlineData(@"(a)\1", false)]
    [InlineData(@"(?<=x)(y)", false)]
    [InlineData(@"(", false)]
    [InlineData("", false)]
    public void Metric_Pattern_MustHaveAGroupAndNoBacktracking(string pattern, bool good) =>
        Assert.Equal(good, !Paths(Some.Spec() with { Metrics = [new MetricSpec("m", pattern)] }).Any());

    [Theory]
    [InlineData("secret://db-password", true)]
    [InlineData("a secret://x", true)]
    [InlineData("secret://", false)]
    [InlineData("secret://../x", false)]
    [InlineData("secret://A", false)]
    [InlineData("Secret://a", false)]
    [InlineData("secret://a/b", false)]
    public void Environment_ThatBeginsAsASecretReference_IsOne(string value, bool good) =>
        Assert.Equal(good, !Paths(Some.Spec() with { Environment = new Dictionary<string, string> { ["A"] = value } }).Any());

    [Fact]
    public void Metric_PatternTooLong_IsRefused() =>
        Assert.Contains("job.metrics[0].pattern", Paths(Some.Spec() with { Metrics = [new MetricSpec("m", "(" + new string('a', JobLimits.PatternLength) + ")")] }));

    [Fact]
    public void Arguments_CountAndBytes_AreBounded()
    {
        Assert.Empty(Paths(Some.Spec() with { Arguments = ["", "--flag", "a b", "\"", "ä", "", "--flag"] }));
        Assert.Contains("job.arguments", Paths(Some.Spec() with { Arguments = [.. Enumerable.Repeat("a", 1_001)] }));
        Assert.Contains("job.arguments", Paths(Some.Spec() with { Arguments = [new string('a', 96 * 1024)] }));
        Assert.Contains("job.arguments[0]", Paths(Some.Spec() with { Arguments = ["\ud800"] }));
    }

    [Fact]
    public void Program_NeitherOrBoth_IsRefused()
    {
        Assert.Contains("job.program", Paths(new JobSpec { Program = new ProgramSpec() }));
        Assert.Contains("job.program", Paths(new JobSpec { Program = new ProgramSpec { Command = ["a"], Algorithm = "b" } }));
    }

    [Theory]
    [InlineData("a.py", "A.py")]
    [InlineData("a", "a/b.py")]
    [InlineData("x/a", "x/a")]
    public void Code_PathsThatClash_AreRefused(string first, string second)
    {
        var spec = Some.Spec() with { Program = new ProgramSpec { Command = ["a"], Code = [new ContentFile(first, Some.Sha(1), 1), new ContentFile(second, Some.Sha(2), 1)] } };

        Assert.Contains("job.program.code", Paths(spec));
    }

    [Fact]
    public void Inputs_SameChannelInOtherCase_IsRefused() =>
        Assert.Contains("job.inputs[1].channel", Paths(Some.Spec() with
        {
            Inputs = [new InputSpec { Channel = "train", Dataset = "a" }, new InputSpec { Channel = "TRAIN", Dataset = "a" }],
        }));

    [Fact]
    public void Inputs_WithoutDataset_OnlyInATrigger()
    {
        var spec = Some.Spec() with { Inputs = [new InputSpec { Channel = "train" }] };

        Assert.Equal(["job.inputs[0].dataset"], Paths(spec));
        Assert.Empty(Paths(spec, inTrigger: true));
    }

    [Fact]
    public void Check_NullElementsFromJson_AreErrorsNotCrashes()
    {
        const string json = """
            {"program":{"command":["a",null],"code":[null]},"arguments":[null],"environment":{"A":null},"inputs":[null],"metrics":[null],"model":{"name":"m","gate":[null]}}
            """;
        var spec = JsonSerializer.Deserialize(json, ContractsJson.Default.JobSpec)!;

        string[] expected = ["job.program.command[1]", "job.program.code[0]", "job.arguments[0]", "job.environment", "job.inputs[0]", "job.metrics[0]", "job.model.gate[0]"];
        Assert.Superset(expected.ToHashSet(), Paths(spec).ToHashSet());
    }

    [Theory]
    [InlineData(null, "logistic-regression", new string[0], "logistic-regression")]
    [InlineData("mine", "logistic-regression", new string[0], "mine")]
    [InlineData(null, null, new[] { "python3", "src/train.py" }, "train")]
    [InlineData(null, null, new[] { "/usr/bin/env" }, "env")]
    [InlineData(null, null, new[] { "./a\u202eb" }, "job")]
    public void Name_NotGiven_ComesFromTheProgram(string? name, string? algorithm, string[] command, string expected) =>
        Assert.Equal(expected, JobNames.Of(new JobSpec { Name = name, Program = new ProgramSpec { Algorithm = algorithm, Command = algorithm is null ? command : null } }));
}
