using Microsoft.Extensions.Primitives;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.Api.Artifacts;

/// <summary>Bytes by short-lived addresses, for stores that have no address of their own.</summary>
/// <param name="store">The bytes.</param>
/// <param name="jobs">Says whether the attempt that an address writes under still holds its job.</param>
/// <param name="signer">Proves addresses.</param>
internal sealed class ArtifactBytes(IArtifactStore store, JobSet jobs, AddressSigner signer)
{
    /// <summary>Reads.</summary>
    public async Task ReadAsync(ApiCall call, CancellationToken cancel)
    {
        var path = Verified(call, ArtifactVerb.Read);
        await FileReply.WriteAsync(call, store, path, path.Value, cancel);
    }

    /// <summary>Writes. Below an attempt only while its claim holds; where the path is the content's hash, only that content.</summary>
    public async Task WriteAsync(ApiCall call, CancellationToken cancel)
    {
        var path = Verified(call, ArtifactVerb.Write);
        if (ArtifactPaths.AttemptOf(path) is var (jobId, epoch))
            await RequireLiveAsync(jobId, epoch, cancel);
        await store.PutAsync(path, call.Http.Request.Body, new PutOptions { Sha256 = ArtifactPaths.HashOf(path), MaxBytes = RouteLimits.FileBytes }, cancel);
        await call.EmptyAsync();
    }

    private async Task RequireLiveAsync(string jobId, int epoch, CancellationToken cancel)
    {
        var job = await jobs.FindAsync(jobId, cancel);
        if (job is null || job.Epoch != epoch || job.Lease is null)
            throw Fail.StaleEpoch(jobId, epoch, job?.Epoch ?? 0);
    }

    private ArtifactPath Verified(ApiCall call, ArtifactVerb verb)
    {
        var path = ArtifactPath.Parse(call["path"]);
        var query = call.Http.Request.Query;
        return signer.Verify(path, verb, One(query["expires"]), One(query["signature"]))
            ? path
            : throw new ServerlessException(ProblemCodes.Unauthenticated, "The address is not one of this host's, is for another verb, or has ended.", "Ask for a new one.");
    }

    private static string? One(StringValues values) => values.Count == 1 ? values[0] : null;
}
