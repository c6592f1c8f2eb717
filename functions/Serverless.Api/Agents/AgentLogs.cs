using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;

namespace Serverless.Api.Agents;

/// <summary>Appends to the logs of attempts.</summary>
internal sealed class AgentLogs(IArtifactStore store, AgentJobs agentJobs)
{
    /// <summary>Appends. Sent twice, the second one changes nothing, since its offset is no longer the length.</summary>
    public async Task AppendAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var epoch = (int)query.Whole("epoch", 0, 1, int.MaxValue);
        var offset = query.Whole("offset", -1, 0, long.MaxValue);
        var node = AgentIdentity.Of(call, query.Text("node") ?? call.Caller.Name);
        if (epoch == 0)
            query.Required("epoch");
        if (offset < 0)
            query.Required("offset");
        query.Done();
        var (job, _) = await agentJobs.HeldAsync(call["id"], node.NodeId, epoch, cancel);
        var bytes = await ReadAsync(call.Http.Request.Body, cancel);
        if (offset + bytes.Length > RouteLimits.LogBytes)
            throw new ServerlessException(ProblemCodes.TooLarge, $"The log would have {offset + bytes.Length} bytes; the limit is {RouteLimits.LogBytes}.", "Drop the rest and count it in the report.");
        var length = await store.AppendAsync(ArtifactPaths.Log(job.Id, epoch), offset, bytes, cancel);
        await call.WriteAsync(new LogAppended(length), ContractsJson.Default.LogAppended, cancel);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, CancellationToken cancel)
    {
        var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, cancel);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
