using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Core.Studies;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Studies.Searches;

/// <summary>
/// Keeps searches: a whole now and then, and what changed at each step. A step is written under a path of its own before the study's record names it; a step whose record
/// was written by another in the meantime is never read, so of two that decide at once nothing is mixed.
/// </summary>
internal sealed class SearchArchive(IArtifactStore artifacts, IIdSource ids)
{
    /// <summary>The most steps between two wholes: a reader opens that many files at most, and the study's record names them.</summary>
    private const int MaxChanges = 512;

    /// <summary>The steps from which on a whole is written, once they have a quarter of the last one's bytes: small studies stay few files, and all writing of a large one together stays small.</summary>
    private const int FewChanges = 64;

    /// <summary>The state that a record names.</summary>
    public async Task<StudyState> ReadAsync(SearchPlace place, CancellationToken cancel)
    {
        var state = await ReadAsync(place.Whole, StudyJson.Default.StudyState, cancel);
        foreach (var path in place.Changes)
            state = state.With(await ReadAsync(path, StudyJson.Default.StudyDelta, cancel));
        return state;
    }

    /// <summary>Writes a step behind what a record names.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="before">What its record names; null: nothing yet.</param>
    /// <param name="step">What changed.</param>
    /// <param name="whole">Gives the whole state, when it is due to be written.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>What the record is to name.</returns>
    public async Task<SearchPlace> WriteAsync(string studyId, SearchPlace? before, StudyDelta step, Func<StudyState> whole, CancellationToken cancel)
    {
        var revision = (before?.Revision ?? 0) + 1;
        if (before is null || IsDue(before))
        {
            var (path, bytes) = await WriteAsync(studyId, revision, "whole", whole(), StudyJson.Default.StudyState, cancel);
            return new SearchPlace(revision, path, bytes);
        }

        var change = await WriteAsync(studyId, revision, "step", step, StudyJson.Default.StudyDelta, cancel);
        return before with { Revision = revision, Changes = [.. before.Changes, change.Path], ChangeBytes = before.ChangeBytes + change.Bytes };
    }

    /// <summary>
    /// Writes a whole for a study that had ended and goes on. It leaves a revision out, so that whoever still tidies up after the end tells it from what a crash left.
    /// </summary>
    public async Task<SearchPlace> WriteAnewAsync(string studyId, SearchPlace before, StudyState state, CancellationToken cancel)
    {
        var revision = before.Revision + 2;
        var (path, bytes) = await WriteAsync(studyId, revision, "whole", state, StudyJson.Default.StudyState, cancel);
        return new SearchPlace(revision, path, bytes);
    }

    /// <summary>Forgets what a record named before and does not any more; a crash before it leaves files that the study's end takes away.</summary>
    public async Task DropAsync(SearchPlace? before, SearchPlace after, CancellationToken cancel)
    {
        if (before is null || before.Whole == after.Whole)
            return;
        foreach (var path in before.Changes.Append(before.Whole))
            await artifacts.DeleteAsync(ArtifactPath.Parse(path), cancel);
    }

    /// <summary>Deletes every file of a study that has ended which its record does not name, but for those of a run after it.</summary>
    public async Task TidyAsync(StudyRecord study, CancellationToken cancel)
    {
        var named = study.Search is { } place ? place.Changes.Append(place.Whole).ToHashSet(StringComparer.Ordinal) : [];
        var left = new List<ArtifactPath>();
        await foreach (var entry in artifacts.ListAsync(ArtifactPaths.Search(study.Id).Value + "/", cancel))
        {
            if (!named.Contains(entry.Path.Value) && RevisionOf(entry.Path) <= (study.Search?.Revision ?? 0) + 1)
                left.Add(entry.Path);
        }

        foreach (var path in left)
            await artifacts.DeleteAsync(path, cancel);
    }

    private static int RevisionOf(ArtifactPath path) => int.Parse(path.Value.AsSpan(path.Value.LastIndexOf('/') + 1, 8), NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool IsDue(SearchPlace place) =>
        place.Changes.Count >= MaxChanges || (place.Changes.Count >= FewChanges && place.ChangeBytes > place.WholeBytes / 4);

    private async Task<(string Path, long Bytes)> WriteAsync<T>(string studyId, int revision, string what, T value, JsonTypeInfo<T> json, CancellationToken cancel)
    {
        var path = ArtifactPaths.Search(studyId).Below(string.Create(CultureInfo.InvariantCulture, $"{revision:D8}-{what}-{ids.Next("s")}.json"));
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, json), writable: false);
        var entry = await artifacts.PutAsync(path, content, PutOptions.Overwrite, cancel);
        return (path.Value, entry.SizeBytes);
    }

    private async Task<T> ReadAsync<T>(string path, JsonTypeInfo<T> json, CancellationToken cancel)
    {
        await using var content = await artifacts.OpenReadAsync(ArtifactPath.Parse(path), null, cancel);
        return await JsonSerializer.DeserializeAsync(content, json, cancel) ?? throw Fail.Conflict($"'{path}' is stored as null.", "Restore the study's files from a copy.");
    }
}
