using Serverless.Contracts.Experiments;
using Serverless.Core.Artifacts;
using Serverless.Core.Experiments.Comparisons;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Experiments;

/// <summary>Counts what runs wrote: the files of the attempt that is a job's result, or of its newest one.</summary>
public sealed class RunFiles(IArtifactStore store, JobSet jobs)
{
    /// <summary>How many folders are looked at side by side.</summary>
    private const int AtOnce = 16;

    /// <summary>Up to how many files are counted: a program that writes more has written more than one compares by.</summary>
    private const int Most = 1_000;

    /// <summary>The same members, with what the jobs among them wrote.</summary>
    public async Task<IReadOnlyList<ComparedMember>> CountAsync(IReadOnlyList<ComparedMember> members, CancellationToken cancel)
    {
        var counted = new List<ComparedMember>(members.Count);
        foreach (var some in members.Chunk(AtOnce))
            counted.AddRange(await Task.WhenAll(some.Select(member => CountAsync(member, cancel))));
        return counted;
    }

    private async Task<ComparedMember> CountAsync(ComparedMember member, CancellationToken cancel)
    {
        if (member.Run.Kind == RunKind.Study || await jobs.FindAsync(member.Run.Id, cancel) is not { Epoch: > 0 } job)
            return member;
        var (files, bytes) = (0, 0L);
        await foreach (var entry in store.ListAsync(ArtifactPaths.Files(job.Id, job.PublishedEpoch ?? job.Epoch).Value + "/", cancel))
        {
            bytes += entry.SizeBytes;
            if (++files == Most)
                break;
        }

        return member with { Run = member.Run with { Files = files, FileBytes = bytes } };
    }
}
