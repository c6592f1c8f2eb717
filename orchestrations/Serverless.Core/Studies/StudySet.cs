using Serverless.Core.Documents;

namespace Serverless.Core.Studies;

/// <summary>The studies, by id.</summary>
public sealed class StudySet(IDocumentStore store) : DocumentSet<StudyRecord>(store, "study", StudyRecordJson.Default.StudyRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(StudyRecord record) => record.Id;

    /// <inheritdoc/>
    protected override string NameOf(StudyRecord record) => record.Name;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(StudyRecord record) => new Dictionary<string, string>
    {
        ["status"] = record.Status.ToString(),
        ["active"] = record.Ended ? "no" : "yes",
        ["source"] = record.Source,
    };
}
