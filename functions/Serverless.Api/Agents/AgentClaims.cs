using Microsoft.Extensions.Logging;
using Serverless.Api.Routing;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Core.Compute;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.Api.Agents;

/// <summary>
/// Gives jobs to agents. A ring only wakes; what makes a job an agent's is the conditional write that raises the epoch in its document.
/// A ring about a job that is not there to be taken is answered with that; one whose claim broke off comes again.
/// </summary>
internal sealed partial class AgentClaims(IDoorbell bell, TicketWriter tickets, AgentJobs agentJobs, ILogger<AgentClaims> log)
{
    /// <summary>How long a ring is hidden from the other agents while this one claims: much longer than a claim takes.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(30);

    /// <summary>Claims a job for the agent that calls.</summary>
    public async Task ClaimAsync(ApiCall call, CancellationToken cancel)
    {
        var request = await call.ReadAsync(ContractsJson.Default.ClaimRequest, cancel);
        if (request.WaitSeconds is not (>= 0 and <= AgentProtocol.MaxClaimWaitSeconds))
            throw Fail.Invalid("waitSeconds", $"The wait is {request.WaitSeconds} s.", $"Give 0 to {AgentProtocol.MaxClaimWaitSeconds}.");
        var node = AgentIdentity.Of(call, request.NodeId);
        using var stopping = agentJobs.UntilStopping(cancel);
        var ticket = await NextAsync(node, TimeSpan.FromSeconds(request.WaitSeconds), stopping.Token, cancel);
        if (ticket is null)
            await call.EmptyAsync();
        else
            await call.WriteAsync(ticket, ContractsJson.Default.JobTicket, cancel);
    }

    private async Task<JobTicket?> NextAsync(NodeIdentity node, TimeSpan wait, CancellationToken stopping, CancellationToken cancel)
    {
        var machine = await agentJobs.MachineAsync(node, cancel);
        var until = agentJobs.Clock.GetUtcNow() + wait;
        while (true)
        {
            var left = until - agentJobs.Clock.GetUtcNow();
            if (await TakeAsync(node, left > TimeSpan.Zero ? left : TimeSpan.Zero, stopping, cancel) is not { } ring)
                return null;
            if (await AnswerAsync(ring, node, machine, cancel) is { } ticket)
                return ticket;
        }
    }

    private async Task<Ring?> TakeAsync(NodeIdentity node, TimeSpan wait, CancellationToken stopping, CancellationToken cancel)
    {
        try
        {
            return await bell.TakeAsync(Queues.Pool(node.Pool), Hidden, wait, stopping);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<JobTicket?> AnswerAsync(Ring ring, NodeIdentity node, ClaimMachine machine, CancellationToken cancel)
    {
        (JobRecord Before, JobRecord Held)? claim;
        try
        {
            claim = await agentJobs.TryClaimAsync(ring.Id, node, machine, cancel);
        }
        catch
        {
            await ReturnAsync(ring);
            throw;
        }

        await bell.CompleteAsync(ring, CancellationToken.None);
        if (claim is not var (before, held))
            return null;
        LogClaimed(held.Id, node.NodeId, held.Epoch);
        await agentJobs.TakenAsync(before, held, node, cancel);
        return await TicketAsync(held, node, cancel);
    }

    /// <summary>Nothing was written: the ring goes back at once. When even that fails, it comes again by itself.</summary>
    private async Task ReturnAsync(Ring ring)
    {
        try
        {
            await bell.ReturnAsync(ring, TimeSpan.Zero, "The claim broke off.", CancellationToken.None);
        }
        catch (ServerlessException error)
        {
            LogNotReturned(error, ring.Id);
        }
    }

    /// <summary>An input that is gone ends the attempt: the job's record says so, and the agent takes the next job.</summary>
    private async Task<JobTicket?> TicketAsync(JobRecord job, NodeIdentity node, CancellationToken cancel)
    {
        try
        {
            return await tickets.WriteAsync(job, agentJobs.LeaseOf(node), cancel);
        }
        catch (ServerlessException error) when (!error.Retryable)
        {
            LogNoTicket(error, job.Id);
            var exit = new AttemptExit { Reason = JobReason.InputUnavailable, Message = error.Message, At = agentJobs.Clock.GetUtcNow() };
            await agentJobs.EndAsync(job, node, exit, cancel);
            return null;
        }
    }

    [LoggerMessage(6110, LogLevel.Information, "Job {JobId} is node {NodeId}'s under epoch {Epoch}.")]
    private partial void LogClaimed(string jobId, string nodeId, int epoch);

    [LoggerMessage(6111, LogLevel.Warning, "The ring for job {JobId} could not be given back; it comes again by itself.")]
    private partial void LogNotReturned(Exception error, string jobId);

    [LoggerMessage(6112, LogLevel.Warning, "Job {JobId} was claimed, but what it needs is not there.")]
    private partial void LogNoTicket(Exception error, string jobId);
}
