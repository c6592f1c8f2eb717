using System.Text.Json.Nodes;
using Serverless.Cli.Shell;
using Serverless.Cli.Studies;
using Serverless.Contracts.Studies;
using Serverless.TestKit;
using Serverless.TestKit.Schemas;

namespace Serverless.Client.Tests.Cli;

/// <summary>The published schema and the reader of files say the same of a file; how the schema is made from the contract, and its bounds, are tested with the workflows.</summary>
public sealed class StudySchemaTests
{
    private const string Good = """
        objectives: [{ metric: loss }]
        space: { parameters: [{ name: x, type: float, low: 0, high: 1 }] }
        job: { program: { command: python3 train.py, code: ./src }, arguments: [--epochs, "10"], model: { name: m, gate: ['loss<=0.5', { metric: loss, operator: above, threshold: 0 }] } }
        """;

    private static string Committed => Path.Combine(Needs.RepositoryRoot(), "docs", "schemas", StudySchema.FileName);

    [Fact]
    public async Task Schema_Printed_IsTheCommittedFile()
    {
        var run = await CliRun.WithAsync(new Dictionary<string, string>(), Path.GetTempPath(), "", "study", "schema");

        Assert.Equal((0, File.ReadAllText(Committed), ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public void Samples_Conform() => Assert.All(
        Directory.GetFiles(Path.Combine(Needs.RepositoryRoot(), "samples", "studies"), "*.yaml"),
        file => Assert.Empty(JsonSchema.Of(Committed).Check(YamlJson.Read(File.ReadAllText(file)))));

    [Fact]
    public async Task Init_File_ConformsAndNamesTheSchemaBesideIt()
    {
        using var folder = new TempFolder();

        var run = await CliRun.WithAsync(new Dictionary<string, string>(), folder.Path, "", "study", "init", "sub/mine.yaml", "--output", "json");

        Assert.True(run.ExitCode == 0, run.Error);
        var said = JsonNode.Parse(run.Out)!;
        Assert.Equal((folder["sub/mine.yaml"], folder["sub/study.schema.json"]), ((string)said["file"]!, (string)said["schema"]!));
        var text = File.ReadAllLines(folder["sub/mine.yaml"]);
        Assert.Equal("# yaml-language-server: $schema=./study.schema.json", text[0]);
        Assert.Single(text, line => line.Contains("yaml-language-server", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllText(Committed), File.ReadAllText(folder["sub/study.schema.json"]));
        Assert.Empty(JsonSchema.Of(folder["sub/study.schema.json"]).Check(YamlJson.Read(string.Join('\n', text))));
    }

    [Fact]
    public async Task Init_SchemaIsThereAlready_StaysAsItIs()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["study.schema.json"], "mine");

        var run = await CliRun.WithAsync(new Dictionary<string, string>(), folder.Path, "", "study", "init");

        Assert.Equal((0, "mine"), (run.ExitCode, File.ReadAllText(folder["study.schema.json"])));
    }

    [Fact]
    public async Task File_Good_ConformsAndIsRead()
    {
        Assert.Empty(JsonSchema.Of(Committed).Check(YamlJson.Read(Good)));
        Assert.Equal("", await RefusalAsync(Good));
        Assert.Equal("", await RefusalAsync("""{"$schema":"./study.schema.json","objectives":[{"metric":"a"}],"space":{"parameters":[]},"job":{"program":{"algorithm":"x"}}}"""));
    }

    /// <summary>What a person mistypes, and where both say that it is wrong.</summary>
    [Theory]
    [InlineData("objectives:", "objetives:", "objetives")]
    [InlineData("metric: loss }]", "metrik: loss }]", "objectives[0].metrik")]
    [InlineData("metric: loss }]", "metric: loss, direction: up }]", "objectives[0].direction")]
    [InlineData("metric: loss }]", "metric: loss, meanOf: many }]", "objectives[0].meanOf")]
    [InlineData("metric: loss }]", "metric: 3 }]", "objectives[0].metric")]
    [InlineData("type: float", "type: flot", "space.parameters[0].type")]
    [InlineData("type: float", "typ: float", "space.parameters[0].typ")]
    [InlineData("low: 0", "low: zero", "space.parameters[0].low")]
    [InlineData("low: 0", "low: 0, log: 1", "space.parameters[0].log")]
    [InlineData("low: 0", "low: 0, when: { parameter: y, equal: 1 }", "space.parameters[0].when.equal")]
    [InlineData("low: 0", "low: 0, when: [y]", "space.parameters[0].when")]
    [InlineData("{ parameters:", "{ params: [], parameters:", "space.params")]
    [InlineData("job:", "limits: { trial: 3 }\njob:", "limits.trial")]
    [InlineData("job:", "limits: { trials: 3.5 }\njob:", "limits.trials")]
    [InlineData("job:", "limits: [3]\njob:", "limits")]
    [InlineData("job:", "seed: early\njob:", "seed")]
    [InlineData("job:", "try: [{ x: [1] }]\njob:", "try[0].x")]
    [InlineData("job:", "warmStart: study-1\njob:", "warmStart")]
    [InlineData("arguments: [--epochs, \"10\"]", "arguments: [--epochs, 10]", "job.arguments[1]")]
    [InlineData("arguments: [--epochs, \"10\"]", "arguments: --epochs", "job.arguments")]
    [InlineData("program: {", "network: lan, program: {", "job.network")]
    [InlineData("program: {", "program: { cmd: x,", "job.program.cmd")]
    [InlineData("threshold: 0 }", "threshold: 0, at: 1 }", "job.model.gate[1].at")]
    public async Task File_Mistyped_IsRefusedByBothThere(string right, string wrong, string where)
    {
        var text = Good.Replace(right, wrong, StringComparison.Ordinal);

        Assert.Contains($"'{where}'", await RefusalAsync(text), StringComparison.Ordinal);
        Assert.Contains(where, JsonSchema.Of(Committed).Check(YamlJson.Read(text)));
    }

    [Theory]
    [InlineData("objectives: [{ metric: loss }]", "", "objectives")]
    [InlineData("name: x, type: float", "type: float", "space.parameters[0].name")]
    [InlineData("program: { command: python3 train.py, code: ./src }, ", "", "job.program")]
    [InlineData("operator: above, threshold: 0", "operator: above", "job.model.gate[1].threshold")]
    [InlineData("model: { name: m,", "model: {", "job.model.name")]
    public async Task File_LacksAMember_IsRefusedByBoth(string right, string wrong, string where)
    {
        var text = Good.Replace(right, wrong, StringComparison.Ordinal);

        Assert.Contains($"lacks '{where[(where.LastIndexOf('.') + 1)..]}'", await RefusalAsync(text), StringComparison.Ordinal);
        Assert.Contains(where, JsonSchema.Of(Committed).Check(YamlJson.Read(text)));
    }

    private static async Task<string> RefusalAsync(string text)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["study.yaml"], text, TestContext.Current.CancellationToken);
        try
        {
            await StudyFile.ReadAsync(folder["study.yaml"], _ => Task.FromResult<JsonNode?>(new JsonArray()));
            return "";
        }
        catch (CliException refused)
        {
            return refused.Message;
        }
    }
}
