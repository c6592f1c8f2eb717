using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Core.Workflows;

namespace Serverless.Conformance.Workflows;

/// <summary>Workflows and activities written as lambdas, and the catalogue of them.</summary>
public sealed class Script
{
    public WorkflowCatalog Catalog { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });

    public WorkflowName<TIn, TOut> Workflow<TIn, TOut>(string name, Func<IWorkflowContext, TIn, Task<TOut>> run)
    {
        var named = new WorkflowName<TIn, TOut>(name);
        Catalog.Add(named, () => new LambdaWorkflow<TIn, TOut>(run));
        return named;
    }

    public ActivityName<TIn, TOut> Activity<TIn, TOut>(string name, Func<ActivityCall, TIn, CancellationToken, Task<TOut>> run)
    {
        var named = new ActivityName<TIn, TOut>(name);
        Catalog.Add(named, _ => new LambdaActivity<TIn, TOut>(run));
        return named;
    }

    public ActivityName<TIn, TOut> Activity<TIn, TOut>(string name, Func<TIn, TOut> run) => Activity<TIn, TOut>(name, (_, input, _) => Task.FromResult(run(input)));

    private sealed class LambdaWorkflow<TIn, TOut>(Func<IWorkflowContext, TIn, Task<TOut>> run) : IWorkflow<TIn, TOut>
    {
        public Task<TOut> RunAsync(IWorkflowContext context, TIn input) => run(context, input);
    }

    private sealed class LambdaActivity<TIn, TOut>(Func<ActivityCall, TIn, CancellationToken, Task<TOut>> run) : IActivity<TIn, TOut>
    {
        public Task<TOut> RunAsync(ActivityCall call, TIn input, CancellationToken cancel) => run(call, input, cancel);
    }
}
