using Serverless.Core.Workflows;
using Serverless.TestKit;

namespace Serverless.Conformance.Workflows;

/// <summary>What every engine promises of workflows, by <see cref="IWorkflowContext"/> and <see cref="IWorkflowClient"/>. Only facts that hold on all of them.</summary>
public abstract partial class WorkflowConformance
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Script Script { get; } = new();

    /// <summary>Starts an engine on an empty store that runs the script.</summary>
    protected abstract Task<EngineUnderTest> StartEngineAsync(WorkflowCatalog catalog);

    /// <summary>Runs one instance to its end.</summary>
    protected async Task<WorkflowState> RunAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, TIn input)
    {
        await using var engine = await StartEngineAsync(Script.Catalog);
        Assert.True(await engine.Client.StartAsync(workflow, "one", input, Cancel));
        return await EndAsync(engine, "one");
    }

    protected static async Task<WorkflowState> EndAsync(EngineUnderTest engine, string instanceId) =>
        await engine.Client.WaitAsync(instanceId, Eventually.Patience, Cancel) ?? throw new TimeoutException($"The instance '{instanceId}' did not end.");

    protected static async Task<WorkflowState> StatusAsync(EngineUnderTest engine, string instanceId, string status) =>
        await Eventually.SomeAsync($"status {status} of {instanceId}", async () =>
            await engine.Client.FindAsync(instanceId, Cancel) is { } state && state.CustomStatus == status ? state : null, cancel: Cancel);

    protected static void AssertOutput(string json, WorkflowState state) =>
        Assert.Equal((WorkflowStatus.Completed, json, null), (state.Status, state.Output, state.Failure?.Message));
}
