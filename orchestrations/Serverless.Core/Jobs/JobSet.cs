using Serverless.Core.Documents;

namespace Serverless.Core.Jobs;

/// <summary>The jobs, by id.</summary>
public sealed class JobSet(IDocumentStore store) : DocumentSet<JobRecord>(store, "job", JobJson.Default.JobRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(JobRecord record) => record.Id;

    /// <inheritdoc/>
    protected override string NameOf(JobRecord record) => record.Name;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(JobRecord record) => new Dictionary<string, string>
    {
        ["status"] = record.Status.ToString(),
        ["pool"] = record.Pool,
        ["active"] = record.Ended ? "no" : "yes",
        ["needs-node"] = record.NeedsNode ? "yes" : "no",
        ["source"] = record.Source,
    };
}
