using System.Diagnostics;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>How programs end, and what is left of them.</summary>
public sealed class ProgramEndTests
{
    [Fact]
    public async Task Program_ThatFails_IsReportedWithItsCodeAndLastLines()
    {
        await using var scene = await AgentScene.OpenAsync();

        var exit = await scene.RunAsync(scene.Shell("for i in $(seq 1 80); do echo line $i; done; exit 3"));

        Assert.Equal((JobReason.ProgramFailed, 3), (exit.Reason, exit.ExitCode));
        Assert.Contains("exit code 3", exit.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(31, 50).Select(i => $"line {i}"), exit.LogTail);
    }

    [Theory]
    [InlineData(9, 137, JobReason.OutOfMemory)]
    [InlineData(11, 139, JobReason.ProgramFailed)]
    public async Task Program_ThatIsKilledBySignal_HasTheShellsExitCode(int signal, int code, JobReason reason)
    {
        await using var scene = await AgentScene.OpenAsync();

        var exit = await scene.RunAsync(scene.Shell($"kill -{signal} $$"));

        Assert.Equal((reason, code), (exit.Reason, exit.ExitCode));
    }

    [Fact]
    public async Task Program_ThatExits137_IsSaidToHaveRunOutOfMemory()
    {
        await using var scene = await AgentScene.OpenAsync();

        Assert.Equal(JobReason.OutOfMemory, (await scene.RunAsync(scene.Misbehave("exit", "137"))).Reason);
    }

    [Theory]
    [InlineData("no-such-program")]
    [InlineData("./no/such/program")]
    [InlineData("")]
    public async Task Program_ThatDoesNotExist_IsNamedWithTheCure(string name)
    {
        await using var scene = await AgentScene.OpenAsync();

        var exit = await scene.RunAsync(scene.Ticket(name));

        Assert.Equal((JobReason.ProgramNotFound, null), (exit.Reason, exit.ExitCode));
        Assert.Contains($"'{name}' does not exist", exit.Message, StringComparison.Ordinal);
        Assert.Contains("--code", exit.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a program", "may not be executed")]
    [InlineData("#!/no/such/interpreter\n", "interpreter")]
    public async Task Program_ThatCannotBeExecuted_SaysWhy(string content, string why)
    {
        await using var scene = await AgentScene.OpenAsync();

        var exit = await scene.RunAsync(scene.Ticket("./run") with { Code = [scene.Host.Put("run", content)] });

        Assert.Equal(JobReason.ProgramNotFound, exit.Reason);
        Assert.Contains(why, exit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Algorithm_OnANodeWithoutAlgorithms_IsNotFound()
    {
        await using var scene = await AgentScene.OpenAsync();

        var exit = await scene.RunAsync(scene.Ticket() with { Command = null, Algorithm = "logistic-regression" });

        Assert.Equal(JobReason.ProgramNotFound, exit.Reason);
        Assert.Contains("--algorithms", exit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_OfAProgramThatListens_LetsItEndByItself()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.RenewSeconds = 0.1;
        var job = scene.Host.Submit(scene.Misbehave("catch-sigterm", "5"));
        scene.Agent();
        await SaysAsync(scene, job, "waits");

        scene.Host.Change(job, each => each with { StopRequested = true });
        var exit = await scene.Host.ExitAsync(job);

        Assert.Equal((JobReason.StopRequested, 5), (exit.Reason, exit.ExitCode));
        Assert.Contains("caught SIGTERM", exit.LogTail);
    }

    [Fact]
    public async Task Stop_OfAProgramThatIgnoresIt_KillsAfterTheGracePeriod()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.RenewSeconds = 0.1;
        var job = scene.Host.Submit(scene.Misbehave("ignore-sigterm") with { Limits = new LimitSpec { GraceSeconds = 1 } });
        scene.Agent();
        await SaysAsync(scene, job, "hangs");

        scene.Host.Change(job, each => each with { StopRequested = true });
        var exit = await scene.Host.ExitAsync(job);

        Assert.Equal((JobReason.StopRequested, 137), (exit.Reason, exit.ExitCode));
        Assert.Contains("ignored SIGTERM", exit.LogTail);
    }

    [Fact]
    public async Task Program_ThatRunsTooLong_IsStoppedForItsLimit()
    {
        await using var scene = await AgentScene.OpenAsync();

        var exit = await scene.RunAsync(scene.Shell("sleep 1000") with { Limits = new LimitSpec { MaxRunSeconds = 1, GraceSeconds = 1 } });

        Assert.Equal((JobReason.TimeLimit, 143), (exit.Reason, exit.ExitCode));
        Assert.Contains("1 s", exit.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("exit")]
    public async Task Children_OfEveryKind_AreGoneWithTheirProgram(string then)
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.RenewSeconds = 0.1;
        var job = scene.Host.Submit(scene.Misbehave("fork", then) with { Limits = new LimitSpec { GraceSeconds = 0 } });
        scene.Agent();
        await SaysAsync(scene, job, "forked");
        if (then == "hang")
            scene.Host.Change(job, each => each with { StopRequested = true });

        await scene.Host.ExitAsync(job);

        foreach (var name in new[] { "child", "grandchild", "session" })
        {
            var id = int.Parse(scene.Host.Files[(job, 1, FileKind.Artifacts, name + ".pid")].AsSpan(), System.Globalization.CultureInfo.InvariantCulture);
            Assert.False(IsAlive(id), $"the {name} is still alive");
        }
    }

    [Fact]
    public async Task Agent_ThatIsKilled_TakesItsProgramWithIt()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Shell("echo $$; setsid sh -c 'echo $$; exec sleep 1000' & exec sleep 1000"));
        var agent = scene.Agent();
        await Eventually.TrueAsync("both process numbers", () => scene.Host.Log(job).Count(each => each == '\n') == 2, cancel: TestContext.Current.CancellationToken);
        var programs = scene.Host.Log(job).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(each => int.Parse(each, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.All(programs, id => Assert.True(IsAlive(id)));

        agent.Kill();

        await Eventually.TrueAsync("the end of the program and its child", () => !programs.Any(IsAlive), cancel: TestContext.Current.CancellationToken);
    }

    internal static Task SaysAsync(AgentScene scene, string job, string word, int epoch = 1) =>
        Eventually.TrueAsync($"'{word}' in the log of '{job}'", () => scene.Host.Log(job, epoch).Contains(word, StringComparison.Ordinal), cancel: TestContext.Current.CancellationToken);

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }
}
