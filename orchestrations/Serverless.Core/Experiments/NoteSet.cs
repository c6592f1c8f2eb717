using Serverless.Core.Documents;

namespace Serverless.Core.Experiments;

/// <summary>The notes on experiments, by id.</summary>
public sealed class NoteSet(IDocumentStore store) : DocumentSet<NoteRecord>(store, "experiment-note", ExperimentJson.Default.NoteRecord)
{
    /// <summary>A page of an experiment's notes, newest first.</summary>
    public Task<(IReadOnlyList<NoteRecord> Records, string? Next)> OfAsync(string experiment, int limit, string? after, CancellationToken cancel) =>
        QueryAsync(new Dictionary<string, string> { ["experiment"] = experiment }, null, limit, after, cancel);

    /// <inheritdoc/>
    protected override string IdOf(NoteRecord record) => record.Id;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(NoteRecord record) => new Dictionary<string, string> { ["experiment"] = record.Experiment };
}
