using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Names;

namespace Serverless.Api.Jobs;

/// <summary>The files that a job wrote: those of the attempt that is its result, or of the newest one while there is no result; and its last committed checkpoint.</summary>
internal sealed class JobFiles(JobQueries jobs, IArtifactStore store)
{
    /// <summary>A page of them, sorted by path.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After, 1024));
        query.Done();
        var all = await AllAsync(await jobs.RequireAsync(call, cancel), cancel);
        var rest = all.Where(file => after is null || string.CompareOrdinal(file.Path, after) > 0).Take(limit + 1).ToList();
        var page = rest.Count > limit ? new Page<JobFile>(rest[..limit], rest[limit - 1].Path) : new Page<JobFile>(rest, null);
        await call.WriteAsync(page, ContractsJson.Default.JobFilePage, cancel);
    }

    /// <summary>One of them.</summary>
    public async Task ReadAsync(ApiCall call, CancellationToken cancel)
    {
        var path = call["path"];
        if (PathRules.Check(path, "path") is { Count: > 0 } errors)
            throw Fail.Invalid(errors);
        var job = await jobs.RequireAsync(call, cancel);
        await FileReply.WriteAsync(call, store, Place(job, path), path, cancel);
    }

    private async Task<List<JobFile>> AllAsync(JobRecord job, CancellationToken cancel)
    {
        var files = new List<JobFile>();
        if (Epoch(job) is { } epoch)
        {
            var folder = ArtifactPaths.Files(job.Id, epoch).Value + "/";
            await foreach (var entry in store.ListAsync(folder, cancel))
                files.Add(new JobFile(entry.Path.Value[folder.Length..], entry.SizeBytes, entry.ModifiedAt));
        }

        if (job.Checkpoint is { } checkpoint)
            files.AddRange(checkpoint.Files.Select(file => new JobFile(CheckpointFolder + file.Path, file.SizeBytes, checkpoint.CommittedAt)));
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    private static ArtifactPath Place(JobRecord job, string path)
    {
        if (path.StartsWith(CheckpointFolder, StringComparison.Ordinal)
            && job.Checkpoint?.Files.FirstOrDefault(file => file.Path == path[CheckpointFolder.Length..]) is { } committed)
            return ArtifactPaths.CheckpointContent(job.Id, job.Checkpoint.Epoch, committed.Sha256);
        return Epoch(job) is { } epoch
            ? ArtifactPaths.Files(job.Id, epoch).Below(path)
            : throw Fail.NotFound("file", Shown.Quote(path)[1..^1], "The job has not written anything yet.");
    }

    private static string CheckpointFolder => ArtifactPaths.Folder(FileKind.Checkpoint) + "/";

    private static int? Epoch(JobRecord job) => job.PublishedEpoch ?? (job.Epoch > 0 ? job.Epoch : null);
}
