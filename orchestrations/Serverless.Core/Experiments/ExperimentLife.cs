using Serverless.Contracts.Experiments;

namespace Serverless.Core.Experiments;

/// <summary>Every change of an experiment, as functions from record to record. The same instance back means that nothing changes.</summary>
public static class ExperimentLife
{
    /// <summary>Says something of it; what the change leaves out stays, other people's tags too.</summary>
    public static ExperimentRecord Change(ExperimentRecord experiment, ExperimentChange change, DateTimeOffset now)
    {
        var description = change.Description is null ? experiment.Description : change.Description.Length == 0 ? null : change.Description;
        var tags = new SortedDictionary<string, string>(experiment.Tags.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in change.Tags)
        {
            if (value.Length == 0)
                tags.Remove(name);
            else
                tags[name] = value;
        }

        var isNew = description != experiment.Description;
        if (!isNew && tags.SequenceEqual(experiment.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)))
            return experiment;
        return experiment with { Description = description, Descriptions = experiment.Descriptions + (isNew ? 1 : 0), Tags = tags, ChangedAt = now };
    }

    /// <summary>The note that keeps a description which a change replaces, under an id that is the same for everybody who replaces this one; null: nothing is lost.</summary>
    public static NoteRecord? Replaced(ExperimentRecord before, ExperimentRecord after, string by, DateTimeOffset now) =>
        before.Description is { } text && after.Description != text
            ? new NoteRecord(FormattableString.Invariant($"note/{before.Name}/description/{before.Descriptions}"), before.Name, $"The description was: {text}", by, now)
            : null;
}
