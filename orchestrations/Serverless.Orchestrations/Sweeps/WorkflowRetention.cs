using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>Forgets the histories of workflows that ended long ago. What came of them stands in the records of their jobs and deployments, which stay.</summary>
public sealed class WorkflowRetention(IWorkflowClient workflows, RetentionOptions options, TimeProvider clock)
{
    // One transaction: some milliseconds, which whoever else writes has to wait for.
    private const int Batch = 50;

    private DateTimeOffset? looked;

    /// <summary>Sweeps, if the last look is long enough ago.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (looked is { } last && (now - last).Duration() < options.Every)
            return;
        while (await workflows.PurgeEndedAsync(now - options.EndedWorkflows, Batch, cancel) == Batch)
        {
        }

        looked = now;
    }
}
