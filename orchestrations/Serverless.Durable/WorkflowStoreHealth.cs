using Serverless.Core.Failures;
using Serverless.Durable.Storage;

namespace Serverless.Durable;

/// <summary>Says whether the workflow store can be written.</summary>
public sealed class WorkflowStoreHealth
{
    private readonly IWorkflowStore store;

    internal WorkflowStoreHealth(IWorkflowStore store) => this.store = store;

    /// <summary>Writes and flushes one small transaction.</summary>
    /// <returns>Null when it can be written; else what is wrong, with the cure.</returns>
    public async Task<ServerlessException?> CheckAsync(CancellationToken cancel)
    {
        try
        {
            await store.CheckWritableAsync(cancel);
            return null;
        }
        catch (ServerlessException error)
        {
            return error;
        }
    }
}
