using System.Collections.Concurrent;
using Serverless.Core.Studies;
using Search = Serverless.Tuning.Studies.Study;

namespace Serverless.Orchestrations.Studies.Searches;

/// <summary>
/// Searches as they were left by the last look of this process, so that a look need not read them again. One is taken off for a look and put back under the revision that was
/// written; whoever finds none of the right revision reads it. Nothing is lost with the process.
/// </summary>
internal sealed class SearchShelf(SearchArchive archive)
{
    /// <summary>The most searches that are kept: each holds its trials in memory.</summary>
    private const int MaxKept = 16;

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>The search as a record has it.</summary>
    public async Task<Search> TakeAsync(StudyRecord study, SearchPlan plan, CancellationToken cancel)
    {
        if (study.Search is not { } place)
            return plan.Begin(study);
        if (kept.TryRemove(study.Id, out var last) && last.Whole == place.Whole && last.Newest == Newest(place))
            return last.Search;
        return Search.Restore(await archive.ReadAsync(place, cancel), plan.Sampler, plan.Pruner);
    }

    /// <summary>Keeps a search that is as a record has it.</summary>
    public void Keep(StudyRecord study, Search search)
    {
        if (study.Ended || study.Search is not { } place)
            return;
        if (kept.Count >= MaxKept && kept.Keys.FirstOrDefault() is { } other)
            kept.TryRemove(other, out _);
        kept[study.Id] = new Kept(place.Whole, Newest(place), search);
    }

    private static string? Newest(SearchPlace place) => place.Changes.Count > 0 ? place.Changes[^1] : null;

    private sealed record Kept(string Whole, string? Newest, Search Search);
}
