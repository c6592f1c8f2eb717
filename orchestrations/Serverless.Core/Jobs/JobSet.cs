using Serverless.Core.Documents;

namespace Serverless.Core.Jobs;

/// <summary>The jobs, by id.</summary>
public sealed class JobSet(IDocumentStore store) : DocumentSet<JobRecord>(store, "job", JobJson.Default.JobRecord)
{
    /// <summary>The value of the summary that names the experiment of a job that is no trial.</summary>
    public const string Experiment = "experiment";

    /// <summary>The value of the summary that names the experiment of a trial's job: trials are members by their study, and are found apart.</summary>
    public const string TrialExperiment = "trial-experiment";

    /// <inheritdoc/>
    protected override string IdOf(JobRecord record) => record.Id;

    /// <inheritdoc/>
    protected override string NameOf(JobRecord record) => record.Name;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(JobRecord record)
    {
        var summary = new Dictionary<string, string>
        {
            ["status"] = record.Status.ToString(),
            ["pool"] = record.Pool,
            ["active"] = record.Ended ? "no" : "yes",
            ["needs-node"] = record.NeedsNode ? "yes" : "no",
            ["source"] = record.Source,
        };
        if (record.Spec.Experiment is { } experiment)
            summary[record.Trial is null ? Experiment : TrialExperiment] = experiment;
        return summary;
    }
}
