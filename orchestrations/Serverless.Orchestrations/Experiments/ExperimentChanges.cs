using Serverless.Contracts.Experiments;
using Serverless.Core.Experiments;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Core.Names;

namespace Serverless.Orchestrations.Experiments;

/// <summary>
/// Says something of an experiment. Of people who do so at once nobody loses a word: tags are merged one by one, notes are only ever added, and a description that is replaced
/// becomes a note first, under an id that two who replace the same one share.
/// </summary>
public sealed class ExperimentChanges(ExperimentSet experiments, ExperimentViews views, NoteSet notes, IIdSource ids, TimeProvider clock)
{
    /// <summary>How often a change is tried again when others change the same experiment; each try reads anew.</summary>
    private const int Tries = 20;

    /// <summary>Changes description and tags.</summary>
    /// <param name="name">The experiment.</param>
    /// <param name="change">What is to be said.</param>
    /// <param name="by">Who says it.</param>
    /// <param name="ifMatch">The ETag that the experiment must still have; null: whatever it has.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all errors, <c>not_found</c>, <c>conflict</c> when it has another ETag.</exception>
    public async Task ChangeAsync(string name, ExperimentChange change, string by, string? ifMatch, CancellationToken cancel)
    {
        if (ExperimentRules.Check(change) is { Count: > 0 } errors)
            throw Fail.Invalid(errors);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await experiments.ReadAsync(name, cancel) is not (var before, var eTag))
                throw await views.MissingAsync(name, cancel);
            var now = clock.GetUtcNow();
            var after = ExperimentLife.Change(before, change, now);
            if (ReferenceEquals(after, before))
                return;
            if (ifMatch is not null && ifMatch != eTag)
                throw Fail.Conflict($"The experiment '{name}' was changed by somebody else meanwhile.", "Read it again and see whether your change still fits.");
            if (ExperimentRules.Check(after) is { Count: > 0 } tooMuch)
                throw Fail.Invalid(tooMuch);
            if (ExperimentLife.Replaced(before, after, by, now) is { } replaced)
                await notes.CreateAsync(replaced, cancel);
            if (await experiments.ReplaceAsync(after, eTag, cancel))
                return;
        }

        throw Fail.Conflict($"The experiment '{name}' was changed by others {Tries} times while it was being changed.", "Try again.", retryable: true);
    }

    /// <summary>Adds a note. The same key adds one, however often it is sent.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>, <c>not_found</c>; <c>conflict</c> when the key was used for another note.</exception>
    public async Task<NoteRecord> NoteAsync(string name, ExperimentNoteRequest request, string by, string? key, CancellationToken cancel)
    {
        if (ExperimentRules.Check(request) is { Count: > 0 } errors)
            throw Fail.Invalid(errors);
        if (await experiments.FindAsync(name, cancel) is null)
            throw await views.MissingAsync(name, cancel);
        var id = key is null ? ids.Next("note") : $"note/{name}/key/{key}";
        var note = new NoteRecord(id, name, request.Text, by, clock.GetUtcNow());
        if (await notes.CreateAsync(note, cancel))
            return note;
        var there = await notes.FindAsync(id, cancel);
        return there?.Text == request.Text
            ? there
            : throw Fail.Conflict($"The idempotency key {Shown.Quote(key ?? id)} was used for another note.", "Use a new key for a new note.");
    }
}
