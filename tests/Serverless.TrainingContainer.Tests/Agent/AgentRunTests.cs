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
}
