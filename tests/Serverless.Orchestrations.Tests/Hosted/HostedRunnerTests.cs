using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows.Hosted;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Hosted;

/// <summary>Texts as older versions wrote them: without the members that came later.</summary>
public sealed class HostedRunnerTests
{
    private readonly Script script = new();

    [Fact]
    public async Task Run_InputWithoutMembersThatCameLater_RunsWithTheirDefaults()
    {
        script.Workflow<int, int>("doubles", (_, input) => Task.FromResult(input * 2));

        var output = await Runner().RunAsync("doubles", new OneTurn(), """{"input":21,"startedAt":"2026-07-01T00:00:00+00:00"}""");

        Assert.Equal("42", output);
    }

    [Fact]
    public async Task RunActivity_CallWithoutInput_GivesItNull()
    {
        script.Activity<string?, bool>("is-null", input => input is null);

        var answer = await Runner().RunActivityAsync("is-null", new NoServices(), """{"instanceId":"one","sequence":1,"attempt":1}""", TestContext.Current.CancellationToken);

        Assert.Null(HostedRunner.FailureOf(answer));
        Assert.Contains("\"output\":true", answer, StringComparison.Ordinal);
    }

    private HostedRunner Runner()
    {
        var limits = new HostedLimits();
        return new HostedRunner(script.Catalog, new HostedStarts(new PaperHub(), new MemoryDocumentStore(), script.Catalog, limits, new ManualTime()), limits);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    /// <summary>A run that asks for nothing.</summary>
    private sealed class OneTurn : IHostedTurn
    {
        private readonly TaskCompletionSource<string> never = new();

        public string InstanceId => "one";

        public DateTimeOffset UtcNow => new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

        public bool IsReplaying => false;

        public Task<string> CallAsync(string function, string input) => never.Task;

        public Task TimerAsync(DateTimeOffset due, CancellationToken cancel) => never.Task;

        public Task<string> NextMessageAsync() => never.Task;

        public void Send(string instanceId, string message)
        {
        }

        public void SetStatus(string json)
        {
        }

        public void ContinueAsNew(string input)
        {
        }
    }
}
