namespace Serverless.Core.Workflows;

/// <summary>A workflow. Deterministic: see <see cref="IWorkflowContext"/>. Made anew for each run; it has no fields and takes nothing by its constructor.</summary>
public interface IWorkflow<in TIn, TOut>
{
    /// <summary>Runs to the end.</summary>
    Task<TOut> RunAsync(IWorkflowContext context, TIn input);
}
