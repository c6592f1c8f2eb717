using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.TestKit;
using Serverless.TestKit.Schemas;

namespace Serverless.Orchestrations.Tests.Studies.Schemas;

/// <summary>The published schema is the contract's, and refuses a study where the platform refuses it.</summary>
public sealed class StudySchemaTests
{
    private const string Good = """
        {"name":"n",
         "objectives":[{"metric":"loss","direction":"minimize","value":"meanOfLast","meanOf":3}],
         "space":{"parameters":[
            {"name":"solver","type":"categorical","choices":["sgd","adam"]},
            {"name":"lr","type":"float","low":0.001,"high":1,"log":true,"when":{"parameter":"solver","equals":"sgd"}},
            {"name":"layers","type":"int","low":1,"high":9,"step":2}],
          "forbidden":[{"all":[{"parameter":"solver","in":["adam"]},{"parameter":"layers","atLeast":5,"atMost":9}]}]},
         "sampler":{"name":"tpe","settings":{"startupTrials":5,"magicClip":0}},
         "pruner":{"name":"patient+median","settings":{"patience":3,"warmupSteps":2}},
         "limits":{"trials":7,"parallelism":2,"failures":3,"seconds":60,"maxCost":2.5,"target":0.1},
         "try":[{"solver":"sgd","lr":0.1,"layers":3}],
         "warmStart":["study-1"],
         "job":{"program":{"command":["python3","train.py"]},"arguments":["--x"],"environment":{"A":"1"},
                "inputs":[{"channel":"train","dataset":"digits@0123456789"}],
                "metrics":[{"name":"loss","pattern":"loss=(.*)"}],
                "resources":{"pool":"gpus","size":"Standard_NC4as_T4_v3","gpu":{"type":"t4","count":1},"vCpus":4,"memoryBytes":1,"spot":true},
                "network":"none","limits":{"maxRunSeconds":60,"graceSeconds":0,"maxAttempts":1,"maxCost":1},
                "model":{"name":"m","file":"model.onnx","gate":[{"metric":"loss","operator":"atMost","threshold":0.5}],"endpoint":"m"}}}
        """;

    private static string Committed => Path.Combine(Needs.RepositoryRoot(), "docs", "schemas", "study.schema.json");

    /// <summary>A change of the contract changes the schema: <c>SERVERLESS_GOLDEN=write dotnet test --project tests/Serverless.Orchestrations.Tests -- --filter-class '*StudySchemaTests'</c>.</summary>
    [Fact]
    public void Schema_AsCommitted_IsTheContracts()
    {
        var made = StudySchema.Write();
        if (Environment.GetEnvironmentVariable("SERVERLESS_GOLDEN") == "write")
            File.WriteAllText(Committed, made);

        Assert.True(File.Exists(Committed) && File.ReadAllText(Committed) == made,
            "docs/schemas/study.schema.json is not what the contract says. Run: SERVERLESS_GOLDEN=write dotnet test --project tests/Serverless.Orchestrations.Tests -- --filter-class '*StudySchemaTests'");
    }

    [Fact]
    public void Schema_Bounds_AreOfMembersThatThereAre() => Assert.All(SchemaBounds.All, bound =>
        Assert.Contains(ContractsJson.Default.GetTypeInfo(bound.Type)!.Properties, (JsonPropertyInfo property) => property.Name == bound.Member));

    [Fact]
    public void Study_Good_ConformsAndIsTaken()
    {
        Assert.Empty(Schema().Check(JsonNode.Parse(Good)));
        Assert.Empty(Refusals(JsonNode.Parse(Good)!));
    }

    /// <summary>One thing is changed in a good study; <c>null</c> takes a member away.</summary>
    [Theory]
    [MemberData(nameof(Wrongs))]
    public void Study_Wrong_IsRefusedBySchemaWhereThePlatformRefuses(string at, string value, string? where)
    {
        var study = JsonNode.Parse(Good)!;
        Put(study, at, value == "null" ? null : JsonNode.Parse(value), remove: value == "null");

        var refused = Refusals(study);

        Assert.Contains(where ?? at, refused);
        Assert.Contains(Schema().Check(study), place => place == (where ?? at) || place.StartsWith((where ?? at) + ".", StringComparison.Ordinal));
    }

    /// <summary>The other way round: what is right is not refused. Members of the good study, and values at the edges.</summary>
    [Theory]
    [InlineData("limits.trials", "100000")]
    [InlineData("limits.seconds", "1")]
    [InlineData("name", "null")]
    [InlineData("lastStep", "81")]
    [InlineData("limits", "{}")]
    [InlineData("pruner", "null")]
    [InlineData("pruner", """{"name":"none"}""")]
    [InlineData("space.forbidden", "[]")]
    [InlineData("space.parameters[1].when", """{"not":{"any":[{"parameter":"layers","atMost":2},{"parameter":"solver","equals":"adam"}]}}""")]
    [InlineData("space.parameters[2]", """{"name":"layers","type":"constant","value":true}""")]
    [InlineData("space.parameters[2]", """{"name":"layers","type":"ordinal","choices":[5,6,9]}""")]
    [InlineData("space.parameters[2]", """{"name":"layers","type":"int","low":-3,"high":9,"log":false}""")]
    [InlineData("space.parameters[2]", """{"name":"layers","type":"int","low":1,"high":9,"log":true,"step":1}""")]
    [InlineData("job.program", """{"image":"ghcr.io/a/b:1","writableRoot":true}""")]
    [InlineData("job.program", """{"image":"ghcr.io/a/b:1","algorithm":"x"}""")]
    [InlineData("job.model", "null")]
    [InlineData("job.inputs[0].dataset", "\"digits@latest\"")]
    public void Study_Right_ConformsAndIsTaken(string at, string value)
    {
        var study = JsonNode.Parse(Good)!;
        study["try"] = null;
        study.AsObject().Remove("try");
        if (at.StartsWith("space.parameters[2]", StringComparison.Ordinal))
            study["space"]!["forbidden"] = new JsonArray();
        Put(study, at, value == "null" ? null : JsonNode.Parse(value), remove: value == "null");

        Assert.Empty(Schema().Check(study));
        Assert.Empty(Refusals(study));
    }

    /// <summary>Another reader of schemas says the same of every row.</summary>
    [Fact]
    public async Task Schema_AnotherReader_SaysTheSame()
    {
        var python = Needs.Python("jsonschema", "jsonschema");
        using var folder = new TempFolder();
        var rows = new JsonArray(JsonNode.Parse(Good));
        foreach (var row in Wrongs)
        {
            var (at, value, _) = row.Data;
            var study = JsonNode.Parse(Good)!;
            Put(study, at, value == "null" ? null : JsonNode.Parse(value), remove: value == "null");
            rows.Add(study);
        }

        await File.WriteAllTextAsync(folder["schema.json"], StudySchema.Write(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["rows.json"], rows.ToJsonString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["check.py"], """
            import json, sys
            from jsonschema import Draft202012Validator as V
            schema = json.load(open(sys.argv[1]))
            V.check_schema(schema)
            print(json.dumps([V(schema).is_valid(row) for row in json.load(open(sys.argv[2]))]))
            """, TestContext.Current.CancellationToken);
        using var run = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(python, [folder["check.py"], folder["schema.json"], folder["rows.json"]]) { RedirectStandardOutput = true })!;
        var said = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(rows.Select(row => Schema().Check(row).Count == 0), JsonSerializer.Deserialize<bool[]>(said)!);
    }

    public static TheoryData<string, string, string?> Wrongs { get; } = new()
    {
        { "name", "\" \"", null },
        { "experiment", "\"Big\"", null },
        { "job.experiment", "\"other\"", null },
        { "lastStep", "0", null },
        { "objectives", "[]", null },
        { "objectives[0].metric", "\"\"", null },
        { "objectives[0].meanOf", "0", null },
        { "objectives", """[{"metric":"a"},{"metric":"b"}]""", "limits.target" },
        { "limits.trials", "0", null },
        { "limits.trials", "100001", null },
        { "limits.parallelism", "1001", null },
        { "limits.failures", "0", null },
        { "limits.seconds", "0.5", null },
        { "limits.maxCost", "0", null },
        { "sampler.name", "\"tpee\"", null },
        { "sampler.settings.startupTrials", "2.5", null },
        { "sampler.settings.goodShare", "1", null },
        { "sampler.settings.magicClip", "2", null },
        { "sampler.settings.depth", "1", null },
        { "sampler", "{\"name\":\"gp\",\"settings\":{\"candidates\":1}}", "sampler.settings.candidates" },
        { "pruner.name", "\"sharp\"", null },
        { "pruner.settings.patience", "-1", null },
        { "pruner", "{\"name\":\"none\",\"settings\":{\"patience\":1}}", "pruner.settings.patience" },
        { "space.parameters", "[]", null },
        { "space.parameters[0].name", "\"\"", null },
        { "space.parameters[0].choices", "[]", null },
        { "space.parameters[0].choices", "null", null },
        { "space.parameters[0].choices", "[1,1]", null },
        { "space.parameters[0].low", "1", null },
        { "space.parameters[1].low", "null", null },
        { "space.parameters[1].low", "0", null },
        { "space.parameters[1].step", "0.1", null },
        { "space.parameters[1].value", "1", null },
        { "space.parameters[1].when", "{}", null },
        { "space.parameters[1].when", """{"parameter":"solver","equals":"sgd","in":["adam"]}""", null },
        { "space.parameters[1].when", """{"parameter":"solver"}""", null },
        { "space.parameters[1].when", """{"not":{"all":[]}}""", "space.parameters[1].when.not.all" },
        { "space.parameters[2].low", "0.5", null },
        { "space.parameters[2].step", "0", null },
        { "space.parameters[2].choices", "[1]", null },
        { "space.forbidden[0].all[0].in", "[]", null },
        { "space.forbidden[0].all[0]", """{"parameter":"layers"}""", null },
        { "space.forbidden[0]", """{"any":[]}""", "space.forbidden[0].any" },
        { "job.name", "\"\"", null },
        { "job.program.command", "null", "job.program" },
        { "job.program.command", "[]", null },
        { "job.program.algorithm", "\"x\"", "job.program" },
        { "job.program.writableRoot", "true", null },
        { "job.program.gitCommit", "\"abc\"", null },
        { "job.environment", """{"1A":"x"}""", "job.environment" },
        { "job.environment", """{"serverless_x":"x"}""", "job.environment" },
        { "job.inputs[0].channel", "\"a-b\"", null },
        { "job.inputs[0].dataset", "\"Digits\"", null },
        { "job.inputs[0].dataset", "\"digits@12\"", null },
        { "job.metrics[0].name", "\"\"", null },
        { "job.metrics[0].pattern", "\"\"", null },
        { "job.resources.pool", "\"a..b\"", null },
        { "job.resources.size", "\"a b\"", null },
        { "job.resources.gpu.type", "\"T4\"", null },
        { "job.resources.gpu.count", "0", null },
        { "job.resources.vCpus", "-1", null },
        { "job.resources.memoryBytes", "-1", null },
        { "job.limits.maxRunSeconds", "0", null },
        { "job.limits.graceSeconds", "3601", null },
        { "job.limits.maxAttempts", "21", null },
        { "job.limits.maxCost", "-1", null },
        { "job.model.name", "\"M.\"", null },
        { "job.model.endpoint", "\"\"", null },
        { "job.model.gate[0].metric", "\"\"", null },
    };

    private static JsonSchema Schema() => new(JsonNode.Parse(StudySchema.Write())!);

    /// <summary>Where the platform refuses a study.</summary>
    private static IReadOnlyList<string> Refusals(JsonNode study)
    {
        try
        {
            SearchPlan.Of(study.Deserialize(ContractsJson.Default.StudySpec)!);
            return [];
        }
        catch (ServerlessException refused)
        {
            return [.. refused.Errors.Select(error => error.Path)];
        }
    }

    private static void Put(JsonNode study, string at, JsonNode? value, bool remove)
    {
        var path = at.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var node = path[..^1].Aggregate(study, (inner, name) => name[0] == '[' ? inner[int.Parse(name[1..^1], System.Globalization.CultureInfo.InvariantCulture)]! : inner[name]!);
        if (path[^1][0] == '[')
            node[int.Parse(path[^1][1..^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        else if (remove)
            node.AsObject().Remove(path[^1]);
        else
            node[path[^1]] = value;
    }
}
