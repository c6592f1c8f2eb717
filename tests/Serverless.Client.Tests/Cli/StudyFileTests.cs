using System.Text.Json.Nodes;
using Serverless.Cli.Shell;
using Serverless.Cli.Studies;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

/// <summary>A study as people write it.</summary>
public sealed class StudyFileTests
{
    private const string Good = """
        name: search
        objectives: [{ metric: loss, direction: minimize, value: meanOfLast, meanOf: 3 }]
        space:
          parameters:
            - { name: solver, type: categorical, choices: [sgd, adam] }
            - { name: lr, type: float, low: 1.0e-5, high: 1, log: true, when: { parameter: solver, equals: sgd } }
            - { name: layers, type: int, low: 1, high: 4 }
          forbidden:
            - all: [{ parameter: solver, equals: adam }, { parameter: layers, atLeast: 4 }]
        sampler: { name: tpe, settings: { startupTrials: 5 } }
        limits: { trials: 7, parallelism: 2 }
        try: [{ solver: sgd, lr: 0.1, layers: 2 }]
        job:
          program: { command: python3 train.py "two words", code: ./src }
          arguments: [--epochs, "10"]
          model: { name: m, gate: ['loss<=0.5'] }
        """;

    [Fact]
    public async Task Read_Yaml_IsTheWireFormWithShortForms()
    {
        var (spec, folder) = await ReadAsync(Good);

        Assert.Equal(["python3", "train.py", "two words"], spec.Job.Program.Command);
        Assert.Equal("src", Path.GetFileName(folder));
        Assert.Equal(new GateSpec("loss", GateOperator.AtMost, 0.5), Assert.Single(spec.Job.Model!.Gate));
        Assert.Equal(["--epochs", "10"], spec.Job.Arguments);
        Assert.Equal((ObjectiveDirection.Minimize, ObjectiveValue.MeanOfLast, 3), (spec.Objectives[0].Direction, spec.Objectives[0].Value, spec.Objectives[0].MeanOf));
        Assert.Equal(["sgd", "adam"], spec.Space.Parameters[0].Choices!.Select(choice => choice.Text));
        Assert.Equal((1e-5, 1.0, true, "sgd"), (spec.Space.Parameters[1].Low, spec.Space.Parameters[1].High, spec.Space.Parameters[1].Log, spec.Space.Parameters[1].When!.Is!.Value.Text));
        Assert.Equal(4, spec.Space.Forbidden[0].All![1].AtLeast);
        Assert.Equal(("tpe", 5.0), (spec.Sampler.Name, spec.Sampler.Settings["startupTrials"]));
        Assert.Equal((7, 2), (spec.Limits.Trials, spec.Limits.Parallelism));
        Assert.Equal(0.1, spec.Try[0]["lr"].Number);
    }

    [Fact]
    public async Task Read_Json_IsReadToo()
    {
        var (spec, _) = await ReadAsync("""{"objectives":[{"metric":"a"}],"space":{"parameters":[]},"job":{"program":{"algorithm":"x"}}}""");

        Assert.Equal(("a", "auto"), (spec.Objectives[0].Metric, spec.Sampler.Name));
    }

    [Theory]
    [InlineData("colour: red", "'colour' is not known")]
    [InlineData("space: { parameters: [{ name: x, type: flot }] }", "'space.parameters[0].type' cannot be read")]
    [InlineData("space: { parameters: [{ type: float }] }", "lacks 'name'")]
    [InlineData("a: &x 1\nb: *x", "anchors")]
    [InlineData("a: [1", "line ")]
    [InlineData("--- 1\n--- 2", "2 documents")]
    [InlineData("just a text", "no mapping")]
    [InlineData("", "0 documents")]
    [InlineData("job: { program: { command: 'a \"b' } }", "quote")]
    [InlineData("job: { model: { name: m, gate: ['loss'] }, program: {} }", "Write a metric")]
    public async Task Read_Wrong_SaysWhere(string text, string expected)
    {
        var refused = await Assert.ThrowsAsync<CliException>(() => ReadAsync(text));

        Assert.Contains(expected, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(StudySpec Spec, string? Folder)> ReadAsync(string text)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "study.yaml");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        string? uploaded = null;
        var spec = await StudyFile.ReadAsync(path, code =>
        {
            uploaded = code;
            return Task.FromResult<JsonNode?>(new JsonArray());
        });
        return (spec, uploaded);
    }
}
