using Serverless.Contracts.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>A program's run from start to end.</summary>
public sealed class AgentRunTests
{
    [Fact]
    public async Task Job_ThatEndsWell_IsReportedWithLogMetricsAndFiles()
    {
        await using var scene = await AgentScene.OpenAsync();
        var ticket = scene.Shell("echo hello; echo 'loss = 0.5' >&2; printf model > $SERVERLESS_MODEL_DIR/model.onnx; mkdir -p $SERVERLESS_ARTIFACTS_DIR/a/b; echo x > $SERVERLESS_ARTIFACTS_DIR/a/b/c.txt");

        var exit = await scene.RunAsync(ticket);

        Assert.Equal((JobReason.Completed, 0), (exit.Reason, exit.ExitCode));
        Assert.Equal([0.5], scene.Host.Values(ticket.JobId, "loss"));
        Assert.Contains("hello\n", scene.Host.Log(ticket.JobId), StringComparison.Ordinal);
        Assert.Equal("model"u8.ToArray(), scene.Host.Files[(ticket.JobId, 1, Contracts.Agents.FileKind.Model, "model.onnx")]);
        Assert.Equal("x\n"u8.ToArray(), scene.Host.Files[(ticket.JobId, 1, Contracts.Agents.FileKind.Artifacts, "a/b/c.txt")]);
        Assert.Equal(["hello", "loss = 0.5"], exit.LogTail.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Log_OfTheAgent_HasNeitherTokenNorSignature()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.Faults = context => context.Request.Path.Value!.StartsWith("/artifacts/", StringComparison.Ordinal) ? new Fault(Status: 404) : Fault.None;
        var ticket = scene.Shell("true") with { Code = [scene.Host.Put("a", "a")] };
        scene.Host.Submit(ticket);
        var agent = scene.Agent();

        var exit = await scene.Host.ExitAsync(ticket.JobId);

        var told = string.Join('\n', [.. agent.Lines, exit.Message]);
        Assert.Contains("404", told, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeHost.Token, told, StringComparison.Ordinal);
        Assert.DoesNotContain("signature", told, StringComparison.Ordinal);
    }
}
