using Serverless.Contracts.Jobs;

namespace Serverless.Core.Jobs;

/// <summary>The checkpoint that a job's first attempt begins with. Decided once, when the job is admitted: every attempt that has none of its own begins with the same.</summary>
/// <param name="JobId">The job that was named (<see cref="JobSpec.CheckpointFrom"/>).</param>
/// <param name="Owner">The job whose attempt wrote it, and under whose paths its bytes are; null: there is none.</param>
/// <param name="Checkpoint">The checkpoint; null: there is none.</param>
public sealed record JobOrigin(string JobId, string? Owner, JobCheckpoint? Checkpoint)
{
    /// <summary>What a job can hand on: its newest checkpoint, else the one that it began with itself (it may have had nothing to do).</summary>
    /// <param name="named">The job that was named.</param>
    public static JobOrigin Of(JobRecord named) => named switch
    {
        { Checkpoint: { } own } => new(named.Id, named.Id, own),
        { Origin: { Checkpoint: { } earlier } origin } => new(named.Id, origin.Owner, earlier),
        _ => new(named.Id, null, null),
    };

    /// <summary>As the API shows it.</summary>
    public JobStart View() => new(JobId)
    {
        WrittenBy = Checkpoint is null ? null : Owner,
        Attempt = Checkpoint?.Epoch,
        Sequence = Checkpoint?.Sequence,
        CommittedAt = Checkpoint?.CommittedAt,
        Files = Checkpoint?.Files.Count ?? 0,
        SizeBytes = Checkpoint?.Files.Sum(file => file.SizeBytes) ?? 0,
    };

    /// <summary>In words, for the job's log.</summary>
    public string Words() => Checkpoint is { } checkpoint
        ? FormattableString.Invariant($"The program begins with the checkpoint {checkpoint.Sequence} of attempt {checkpoint.Epoch} of job '{Owner}' ({checkpoint.Files.Count} files).")
        : $"The job '{JobId}' has no checkpoint to begin with: the program starts anew.";
}
