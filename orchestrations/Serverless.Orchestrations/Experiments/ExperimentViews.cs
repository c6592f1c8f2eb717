using Serverless.Contracts.Experiments;
using Serverless.Core.Experiments;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Names;
using Serverless.Core.Studies;

namespace Serverless.Orchestrations.Experiments;

/// <summary>Experiments as people see them: what is stored of one, and what its members say. Counts come from the index of members alone; no job is read for them.</summary>
public sealed class ExperimentViews(ExperimentSet experiments, JobSet jobs, StudySet studies)
{
    /// <summary>How many experiments of a page are looked at side by side: enough to hide the way there and back, few enough not to be throttled.</summary>
    private const int AtOnce = 8;

    /// <summary>How many similar names an error says.</summary>
    private const int MaxSimilar = 3;

    /// <summary>One; null when there is none.</summary>
    public async Task<ExperimentSummary?> FindAsync(string name, CancellationToken cancel) =>
        await experiments.ReadAsync(name, cancel) is (var record, var eTag) ? await ViewAsync(record, eTag, cancel) : null;

    /// <summary>A page, newest first.</summary>
    /// <param name="contains">A part of the name; null: every name.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="after">Where the last page ended.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<(IReadOnlyList<ExperimentSummary> Experiments, string? Next)> ListAsync(string? contains, int limit, string? after, CancellationToken cancel)
    {
        var (records, next) = await experiments.QueryAsync(null, contains, limit, after, cancel);
        var shown = new List<ExperimentSummary>(records.Count);
        foreach (var some in records.Chunk(AtOnce))
            shown.AddRange((await Task.WhenAll(some.Select(record => FindAsync(record.Name, cancel)))).OfType<ExperimentSummary>());
        return (shown, next);
    }

    /// <summary>The failure of an experiment that is not there, with those that have the name as a part of theirs.</summary>
    public async Task<ServerlessException> MissingAsync(string name, CancellationToken cancel)
    {
        var similar = name.Length is > 0 and <= NameRules.MaxLength && !name.Contains('\0')
            ? (await experiments.QueryAsync(null, name, MaxSimilar, null, cancel)).Records.Select(record => Shown.Quote(record.Name)).ToList()
            : [];
        var cure = similar.Count > 0 ? $"Did you mean {string.Join(" or ", similar)}?" : "List the experiments to find its name; an experiment comes into being with its first job or study.";
        return Fail.NotFound("experiment", Shown.Quote(name)[1..^1], cure);
    }

    private async Task<ExperimentSummary> ViewAsync(ExperimentRecord record, string eTag, CancellationToken cancel)
    {
        var ofJobs = new Dictionary<string, string> { [JobSet.Experiment] = record.Name };
        var ofStudies = new Dictionary<string, string> { [StudySet.Experiment] = record.Name };
        var newestJob = (await jobs.QueryAsync(ofJobs, null, 1, null, cancel)).Records.FirstOrDefault();
        var newestStudy = (await studies.QueryAsync(ofStudies, null, 1, null, cancel)).Records.FirstOrDefault();
        DateTimeOffset?[] activity = [record.CreatedAt, record.ChangedAt, newestJob?.EndedAt ?? newestJob?.CreatedAt, newestStudy?.EndedAt ?? newestStudy?.CreatedAt];
        return new ExperimentSummary
        {
            Name = record.Name,
            Description = record.Description,
            Tags = record.Tags,
            CreatedAt = record.CreatedAt,
            ActiveAt = activity.Max()!.Value,
            Jobs = await jobs.CountAsync(ofJobs, cancel),
            Studies = await studies.CountAsync(ofStudies, cancel),
            Running = await jobs.CountAsync(Running(ofJobs), cancel) + await studies.CountAsync(Running(ofStudies), cancel),
            ETag = eTag,
        };
    }

    private static Dictionary<string, string> Running(Dictionary<string, string> members) => new(members) { ["active"] = "yes" };
}
