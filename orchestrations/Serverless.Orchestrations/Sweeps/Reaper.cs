using Serverless.Orchestrations.Budgets;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>
/// Sets right what no message will: jobs and studies without a workflow, workflows that failed, deployments that were broken off, nodes and histories that nobody needs.
/// Each part looks at what is there and may run any number of times, on any number of hosts.
/// </summary>
public sealed class Reaper(JobSweep jobs, StudySweep studies, DeploymentSweep deployments, NodeSweep nodes, BudgetSweep budget, PoolSweep pools, WorkflowRetention retention)
{
    /// <summary>Sweeps once: jobs before nodes, so that a node is freed in the same sweep as the job that held it; histories last, when every job and deployment has taken its end from its workflow.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await jobs.RunAsync(cancel);
        await studies.RunAsync(cancel);
        await deployments.RunAsync(cancel);
        await nodes.RunAsync(cancel);
        await budget.RunAsync(cancel);
        await pools.RunAsync(cancel);
        await retention.RunAsync(cancel);
    }
}
