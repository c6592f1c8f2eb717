using System.Security.Cryptography;
using Serverless.Contracts.Agents;
using Serverless.Core.Artifacts;
using Serverless.Core.Jobs;
using Serverless.Core.Models;

namespace Serverless.Orchestrations.Models;

/// <summary>Copies the model file of a job's published attempt to its place in the registry. Twice does no harm: the job gets the same number, and the same bytes are written.</summary>
internal sealed class ModelIntake(IArtifactStore artifacts, ModelNumberSet numbers)
{
    /// <summary>Copies the file; null when the job wrote none.</summary>
    public async Task<ModelFile?> TakeAsync(JobRecord job, CancellationToken cancel)
    {
        var spec = job.Spec.Model!;
        var from = ArtifactPaths.File(job.Id, job.PublishedEpoch ?? job.Epoch, FileKind.Model, spec.File);
        if (await artifacts.FindAsync(from, cancel) is null)
            return null;
        var version = await numbers.GiveAsync(spec.Name, job.Id, cancel);
        string sha256;
        await using (var content = await artifacts.OpenReadAsync(from, null, cancel))
            sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));
        await using var source = await artifacts.OpenReadAsync(from, null, cancel);
        var copy = await artifacts.PutAsync(ArtifactPaths.Model(spec.Name, version), source, new PutOptions { Sha256 = sha256 }, cancel);
        return new ModelFile(spec.Name, version, sha256, copy.SizeBytes);
    }
}
