using System.Text.Json;
using FsCheck.Fluent;
using Serverless.Contracts.Agents;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>What a program is given: arguments, environment, folder, stdin.</summary>
public sealed class ProgramArgumentsTests
{
    private static readonly string[] Awkward =
    [
        "", " ", "--flag", "--name=value", "-", "--", "a b", "\"", "'", "\\", "$HOME", "`id`", "*", "~", "é", "日本語", "🙂", "line\nbreak", "tab\t", "\r", "%s", "a\"b'c\\", ";", "|", "same", "same",
    ];

    [Fact]
    public async Task Arguments_OfEveryKind_ArriveExactly()
    {
        await using var scene = await AgentScene.OpenAsync();
        var text = Gen.Elements(Awkward).Or(ArbMap.Default.GeneratorFor<string>().Where(each => each is not null && !each.Contains('\0') && each.EnumerateRunes().All(rune => rune.Value != 0xFFFD)));
        var lists = text.ListOf().Select(list => list.ToArray()).Sample(6, 12).Append(Awkward).ToList();
        var tickets = lists.Select(list => scene.Misbehave(["echo-args", .. list])).ToList();
        foreach (var ticket in tickets)
            scene.Host.Submit(ticket);
        scene.Agent();

        for (var i = 0; i < lists.Count; i++)
        {
            await scene.Host.ExitAsync(tickets[i].JobId);
            Assert.Equal(lists[i], Echo(scene, tickets[i]).GetProperty("arguments").EnumerateArray().Select(each => each.GetString()));
        }
    }

    [Fact]
    public async Task Environment_HasTheContractsVariables_AndNothingOfThePlatforms()
    {
        await using var scene = await AgentScene.OpenAsync();
        var ticket = scene.Misbehave("echo-args") with
        {
            Environment = new Dictionary<string, string> { ["MINE"] = "a=b c", ["SERVERLESS_JOB_ID"] = "forged" },
            Inputs = [new TicketInput("train", "inputs/train", [scene.Host.Put("a.csv", "x")]), new TicketInput("Val_2", "elsewhere", [])],
        };

        await scene.RunAsync(ticket);

        var echo = Echo(scene, ticket);
        var environment = echo.GetProperty("environment").EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!);
        var folder = echo.GetProperty("folder").GetString()!;
        Assert.Equal("a=b c", environment["MINE"]);
        Assert.Equal(
            ["SERVERLESS_ARTIFACTS_DIR", "SERVERLESS_CHECKPOINT_DIR", "SERVERLESS_INPUT_TRAIN", "SERVERLESS_INPUT_VAL_2", "SERVERLESS_JOB_ID", "SERVERLESS_METRICS_FILE", "SERVERLESS_MODEL_DIR", "SERVERLESS_TENSORBOARD_DIR"],
            environment.Keys.Where(name => name.StartsWith("SERVERLESS_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(ticket.JobId, environment["SERVERLESS_JOB_ID"]);
        Assert.Equal(Path.Combine(folder, "inputs/train"), environment["SERVERLESS_INPUT_TRAIN"]);
        Assert.Equal(Path.Combine(folder, "elsewhere"), environment["SERVERLESS_INPUT_VAL_2"]);
        Assert.Equal("", echo.GetProperty("stdin").GetString());
        Assert.DoesNotContain("IDENTITY_HEADER", environment.Keys);
        Assert.DoesNotContain(FakeHost.Token, echo.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-key-of-a-person", string.Join('\n', environment.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_IsInTheWorkingFolder_AndAScriptMayBeExecuted()
    {
        await using var scene = await AgentScene.OpenAsync();
        var ticket = scene.Ticket("./src/run.sh") with
        {
            Code = [scene.Host.Put("src/run.sh", "#!/bin/sh\ncat data.txt; echo \"$1\"\n"), scene.Host.Put("data.txt", "beside\n")],
            Arguments = ["argument one"],
        };

        var exit = await scene.RunAsync(ticket);

        Assert.Equal(["beside", "argument one"], exit.LogTail);
    }

    [Fact]
    public async Task Program_InheritsNothingOpen_AndLeadsItsSession()
    {
        await using var scene = await AgentScene.OpenAsync();

        var exit = await scene.RunAsync(scene.Shell("ls /proc/$$/fd; read -r stat < /proc/$$/stat; set -- $stat; echo $1 $5 $6; readlink /proc/$$/fd/0"));

        Assert.Equal(["0", "1", "2"], exit.LogTail.Take(3));
        Assert.Single(exit.LogTail[3].Split(' ').Distinct());
        Assert.Equal("/dev/null", exit.LogTail[4]);
    }

    private static JsonElement Echo(AgentScene scene, JobTicket ticket) =>
        JsonDocument.Parse(scene.Host.Files[(ticket.JobId, 1, FileKind.Artifacts, "echo.json")]).RootElement;
}
