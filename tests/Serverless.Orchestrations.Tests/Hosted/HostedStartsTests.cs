using Serverless.Conformance.Workflows;
using Serverless.Contracts.Problems;
using Serverless.Core.Documents;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Hosted;

/// <summary>Starts and early events where the engine gives less than we promise: it starts whatever it is asked to, and drops what it does not know.</summary>
public sealed class HostedStartsTests
{
    private static readonly DocumentKey Pending = new("workflow-start", "one");
    private readonly Script script = new();
    private readonly ManualTime clock = new();
    private readonly MemoryDocumentStore documents = new();
    private readonly PaperHub hub = new();
    private readonly WorkflowName<int, int> workflow;
    private readonly HostedWorkflowClient client;

    public HostedStartsTests()
    {
        workflow = script.Workflow<int, int>("waits", (context, _) => context.WaitForEventAsync<int>("go"));
        var limits = new HostedLimits();
        client = new HostedWorkflowClient(hub, new HostedStarts(hub, documents, script.Catalog, limits, clock), script.Catalog, limits, clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_LeavesNoDocument()
    {
        Assert.True(await client.StartAsync(workflow, "one", 1, Cancel));
        Assert.Single(hub.Scheduled);
        Assert.Null(await documents.GetAsync(Pending, Cancel));
    }

    [Fact]
    public async Task Start_ManyAtOnceOnAnEngineThatStartsAll_OneStarts()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => client.StartAsync(workflow, "one", 1, Cancel))));
        Assert.Single(started, one => one);
        Assert.Single(hub.Scheduled);
    }

    [Fact]
    public async Task Start_BrokenOffBeforeTheEngineHeardOfIt_IsDoneByWhoComesAfterTheTerm()
    {
        hub.Fails = new ServerlessException(ProblemCodes.Unavailable, "gone", "again", retryable: true);
        await Assert.ThrowsAsync<ServerlessException>(() => client.StartAsync(workflow, "one", 1, Cancel));
        hub.Fails = null;

        Assert.False(await client.StartAsync(workflow, "one", 1, Cancel)); // somebody may be at it
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(await client.StartAsync(workflow, "one", 1, Cancel));
        Assert.Single(hub.Scheduled);
    }

    [Fact]
    public async Task EarlyEvents_GoWithTheStart_AndTooOldOnesDoNot()
    {
        await client.RaiseAsync("one", "go", 1, Cancel);
        clock.Advance(TimeSpan.FromHours(20));
        await client.RaiseAsync("one", "go", 2, Cancel);
        clock.Advance(TimeSpan.FromHours(5));
        await client.StartAsync(workflow, "one", 0, Cancel);
        Assert.Contains("\"payload\":2", hub.Scheduled.Single().Input, StringComparison.Ordinal);
        Assert.DoesNotContain("\"payload\":1", hub.Scheduled.Single().Input, StringComparison.Ordinal);
        Assert.Empty(hub.Sent);
    }

    [Fact]
    public async Task EarlyEvent_InstanceStartsMeanwhile_IsSentToIt()
    {
        hub.FindsNothing = 1; // the sender's first look
        hub.Know("one");
        await client.RaiseAsync("one", "go", 7, Cancel);
        Assert.Contains("\"payload\":7", Assert.Single(hub.Sent).Message, StringComparison.Ordinal);
        Assert.Null(await documents.GetAsync(Pending, Cancel));
    }

    [Fact]
    public async Task EarlyEvents_TooMany_AreRefusedForNow()
    {
        for (var i = 0; i < 64; i++)
            await client.RaiseAsync("one", "go", i, Cancel);
        var refused = await Assert.ThrowsAsync<ServerlessException>(() => client.RaiseAsync("one", "go", 64, Cancel));
        Assert.True(refused.Retryable);
        Assert.Contains("64", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("@one")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\\b")]
    [InlineData("a\u0007")]
    public async Task Ids_ThatNoHubTakes_AreRefused(string id)
    {
        await Assert.ThrowsAsync<ServerlessException>(() => client.StartAsync(workflow, id, 0, Cancel));
        await Assert.ThrowsAsync<ServerlessException>(() => client.RaiseAsync(id, "go", 0, Cancel));
        await Assert.ThrowsAsync<ServerlessException>(() => client.StartAsync(workflow, new string('x', 101), 0, Cancel));
    }

    [Fact]
    public async Task Start_UnknownWorkflow_SaysWhichAreKnown()
    {
        var error = await Assert.ThrowsAsync<ServerlessException>(() => client.StartAsync(new WorkflowName<int, int>("other"), "one", 0, Cancel));
        Assert.Contains("waits", error.Cure, StringComparison.Ordinal);
    }
}
