using Serverless.Core.Documents;

namespace Serverless.Core.Experiments;

/// <summary>The experiments, by name.</summary>
public sealed class ExperimentSet(IDocumentStore store) : DocumentSet<ExperimentRecord>(store, "experiment", ExperimentJson.Default.ExperimentRecord)
{
    /// <summary>Makes an experiment unless it is there. Any number of times, before each member that is recorded: a member's experiment is never missing.</summary>
    public async Task OpenAsync(string name, DateTimeOffset now, CancellationToken cancel)
    {
        if (await FindAsync(name, cancel) is null)
            await CreateAsync(new ExperimentRecord(name, now), cancel);
    }

    /// <inheritdoc/>
    protected override string IdOf(ExperimentRecord record) => record.Name;
}
