using Serverless.Api.Routing;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Content;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Names;

namespace Serverless.Api.Agents;

/// <summary>Gives addresses for what an attempt writes, and commits checkpoints.</summary>
internal sealed class AgentUploads(JobSet jobs, IArtifactStore store, AgentJobs agentJobs)
{
    /// <summary>How long an address to write to holds: an upload of the largest file over a slow line ends before.</summary>
    private static readonly TimeSpan AddressLife = TimeSpan.FromHours(6);

    /// <summary>Gives an address for each file; none for what the store has already.</summary>
    public async Task OfferAsync(ApiCall call, CancellationToken cancel)
    {
        var request = await call.ReadAsync(ContractsJson.Default.UploadRequest, cancel);
        var node = AgentIdentity.Of(call, request.NodeId);
        Require(request.Files);
        var (job, _) = await agentJobs.HeldAsync(call["id"], node.NodeId, request.Epoch, cancel);
        var addresses = new List<FileAddress?>(request.Files.Count);
        foreach (var file in request.Files)
            addresses.Add(await AddressAsync(job, request.Kind, file, cancel));
        await call.WriteAsync(new UploadResponse(addresses), ContractsJson.Default.UploadResponse, cancel);
    }

    /// <summary>Commits a checkpoint once every file of it is there in its right size: from then on, and not before, a next attempt starts from it.</summary>
    public async Task CommitAsync(ApiCall call, CancellationToken cancel)
    {
        var commit = await call.ReadAsync(ContractsJson.Default.CheckpointCommit, cancel);
        var node = AgentIdentity.Of(call, commit.NodeId);
        Require(commit.Files);
        if (commit.Sequence < 1 || commit.Files.Count == 0)
            throw Fail.Invalid("sequence", $"The checkpoint has sequence {commit.Sequence} and {commit.Files.Count} files.", "Count checkpoints from 1; commit those that have files.");
        var (job, _) = await agentJobs.HeldAsync(call["id"], node.NodeId, commit.Epoch, cancel);
        await RequireFilesAsync(job, commit, cancel);
        await jobs.UpdateAsync(job.Id, record => JobLife.Commit(record, commit, agentJobs.Clock.GetUtcNow()), cancel);
        await call.EmptyAsync();
    }

    private static void Require(IReadOnlyList<ContentFile> files)
    {
        if (ContentRules.Check(files, "files") is { Count: > 0 } errors)
            throw Fail.Invalid(errors);
    }

    private async Task<FileAddress?> AddressAsync(JobRecord job, FileKind kind, ContentFile file, CancellationToken cancel)
    {
        var path = ArtifactPaths.File(job.Id, job.Epoch, kind, file.Path);
        if (kind == FileKind.Checkpoint)
        {
            path = ArtifactPaths.CheckpointContent(job.Id, job.Epoch, file.Sha256);
            if (await store.FindAsync(path, cancel) is { } there && there.SizeBytes == file.SizeBytes)
                return null;
        }

        var address = await store.AddressAsync(path, ArtifactVerb.Write, AddressLife, cancel);
        return new FileAddress(address.Url, address.ExpiresAt);
    }

    private async Task RequireFilesAsync(JobRecord job, CheckpointCommit commit, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        for (var i = 0; i < commit.Files.Count; i++)
        {
            var file = commit.Files[i];
            var there = await store.FindAsync(ArtifactPaths.CheckpointContent(job.Id, commit.Epoch, file.Sha256), cancel);
            if (there?.SizeBytes != file.SizeBytes)
                errors.Add(new FieldError($"files[{i}]", $"The content of {Shown.Quote(file.Path)} is not there with {file.SizeBytes} bytes.", "Upload it before the commit."));
        }

        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }
}
