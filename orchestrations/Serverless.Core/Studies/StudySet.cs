using Serverless.Core.Documents;

namespace Serverless.Core.Studies;

/// <summary>The studies, by id.</summary>
public sealed class StudySet(IDocumentStore store) : DocumentSet<StudyRecord>(store, "study", StudyRecordJson.Default.StudyRecord)
{
    /// <summary>The value of the summary that names the study's experiment.</summary>
    public const string Experiment = "experiment";

    /// <inheritdoc/>
    protected override string IdOf(StudyRecord record) => record.Id;

    /// <inheritdoc/>
    protected override string NameOf(StudyRecord record) => record.Name;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(StudyRecord record)
    {
        var summary = new Dictionary<string, string>
        {
            ["status"] = record.Status.ToString(),
            ["active"] = record.Ended ? "no" : "yes",
            ["source"] = record.Source,
        };
        if (record.Spec.Experiment is { } experiment)
            summary[Experiment] = experiment;
        return summary;
    }
}
