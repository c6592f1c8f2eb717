using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Compute;

/// <summary>Takes a job off the node that held it. Any number of times: a node that has gone on to another job is left alone.</summary>
public sealed class NodeRelease(NodeSet nodes, IComputePool compute)
{
    /// <summary>The node's record no longer says that it runs the job. Its agent, if it lives, learns by its next message that its claim is over, and kills the program.</summary>
    public async Task FreeAsync(JobRecord job, CancellationToken cancel)
    {
        if (job.Machine?.NodeId is { } node)
            await nodes.UpdateAsync(node, now => Free(now, job.Id), cancel);
    }

    /// <summary>Ends a node whose agent has stopped answering while it held a job: whatever still runs there is gone then, and its place is free for another. A provider that refuses is asked again by the reaper.</summary>
    public async Task EndAsync(string pool, string node, CancellationToken cancel)
    {
        try
        {
            await compute.TerminateAsync(pool, node, cancel);
        }
        catch (ServerlessException e) when (e.Retryable)
        {
            return;
        }

        await nodes.UpdateAsync(node, now => now.Status == NodeStatus.Gone ? now : now with { Status = NodeStatus.Gone, JobId = null, TokenSha256 = null }, cancel);
    }

    private static NodeRecord Free(NodeRecord node, string jobId) =>
        node.JobId != jobId ? node : node with { JobId = null, Status = node.Status == NodeStatus.Busy ? NodeStatus.Idle : node.Status };
}
