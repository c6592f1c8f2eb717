using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Jobs;

namespace Serverless.Api.Agents;

/// <summary>What else changes when an agent changes a job: its node's record, and its workflow is told. Each may be lost or come twice without harm: the job's record is the truth.</summary>
internal sealed class AgentOutcome(AgentNodes nodes, IComputePool machines, JobNews news, TimeProvider clock)
{
    /// <summary>The clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>What the pool's machines cost.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c> when nobody offers machines for the pool any more.</exception>
    public async Task<ComputeOffer> OfferAsync(string pool, CancellationToken cancel) =>
        (await machines.OffersAsync(cancel)).FirstOrDefault(offer => offer.Pool == pool) ?? throw Fail.NotFound("pool", pool, "The host was started without it.");

    /// <summary>The node runs a job, or none.</summary>
    public Task WorksOnAsync(string nodeId, string? jobId, CancellationToken cancel) => nodes.WorksOnAsync(nodeId, jobId, cancel);

    /// <summary>The node has spoken.</summary>
    public Task SeenAsync(string nodeId, CancellationToken cancel) => nodes.SeenAsync(nodeId, cancel);

    /// <summary>Tells the job's workflow what happened, when it is something that the workflow decides on.</summary>
    public Task TellAsync(JobRecord before, JobRecord after, CancellationToken cancel) => news.TellAsync(before, after, cancel);
}
