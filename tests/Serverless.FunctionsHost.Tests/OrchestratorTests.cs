using Serverless.FunctionsHost.Tests.Durable;
using Serverless.FunctionsHost.Tests.Host;
using Serverless.FunctionsHost.Tests.Protocol.Durable;

namespace Serverless.FunctionsHost.Tests;

/// <summary>Orchestrator functions, turn by turn, from the history that the Durable extension sends.</summary>
public sealed class OrchestratorTests
{
    private const OrchestratorAction.ActionTypeOneofCase Schedule = OrchestratorAction.ActionTypeOneofCase.ScheduleTask;
    private const OrchestratorAction.ActionTypeOneofCase End = OrchestratorAction.ActionTypeOneofCase.CompleteOrchestration;
    private const string Start = """{"input":{"jobId":"job-1"},"startedAt":"2026-07-01T00:00:00+00:00","events":[],"calls":0,"changes":{}}""";
    private static readonly DateTimeOffset Begin = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Training_FirstTurn_AsksForAdmission()
    {
        await using var host = await WorkerHost.StartAsync();
        var training = new Orchestration(host, "training", "job-1", Start, Begin);

        var turn = await training.BeginAsync();

        var task = Orchestration.Only(turn, Schedule).ScheduleTask;
        Assert.Equal("training-admit", task.Name);
        Assert.Contains("job-1", task.Input, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_AdmittedJobThatEnded_ReleasesAndCompletes()
    {
        await using var host = await WorkerHost.StartAsync();
        var training = new Orchestration(host, "training", "job-1", Start, Begin);

        var admitted = await training.BeginAsync();
        var released = await training.CompleteAsync(Orchestration.Only(admitted, Schedule), """{"output":{"next":"Over","wait":"00:00:00","rungEpoch":-1}}""");
        var done = await training.CompleteAsync(Orchestration.Only(released, Schedule), """{"output":{}}""");

        Assert.Equal("training-release", released.Actions[0].ScheduleTask.Name);
        Assert.Null(Orchestration.Only(done, End).CompleteOrchestration.FailureDetails);
    }

    [Fact]
    public async Task Training_WorkerKilledBetweenTurns_GoesOnInTheNext()
    {
        await using var first = await WorkerHost.StartAsync();
        var training = new Orchestration(first, "training", "job-1", Start, Begin);
        var admit = Orchestration.Only(await training.BeginAsync(), Schedule);
        first.Worker.Kill();

        await using var second = await WorkerHost.StartAsync();
        training.MoveTo(second);
        var next = await training.CompleteAsync(admit, """{"output":{"next":"Over","wait":"00:00:00","rungEpoch":-1}}""");

        Assert.Equal("training-release", Orchestration.Only(next, Schedule).ScheduleTask.Name);
    }

    [Fact]
    public async Task Training_ActivityThatFailedButMayBeTriedAgain_WaitsAndAsksAgain()
    {
        await using var host = await WorkerHost.StartAsync();
        var training = new Orchestration(host, "training", "job-1", Start, Begin);
        var admit = Orchestration.Only(await training.BeginAsync(), Schedule);

        var waits = await training.CompleteAsync(admit, """{"failure":{"code":"unavailable","message":"away","retryable":true}}""");
        var again = await training.FireAsync(Orchestration.Only(waits, OrchestratorAction.ActionTypeOneofCase.CreateTimer));

        Assert.Equal("training-admit", Orchestration.Only(again, Schedule).ScheduleTask.Name);
    }

    [Fact]
    public async Task Training_InputOfNoWorkflow_FailsAndSaysWhy()
    {
        await using var host = await WorkerHost.StartAsync();
        var training = new Orchestration(host, "training", "job-1", "[]", Begin);

        var turn = await training.BeginAsync();

        var end = Orchestration.Only(turn, End).CompleteOrchestration;
        Assert.NotEqual("", end.FailureDetails.ErrorMessage);
    }
}
