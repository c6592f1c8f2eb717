using Serverless.Agent.Files;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Metrics.Events;

/// <summary>A place with event files, which of their scalars are metrics, and the files that are followed.</summary>
/// <param name="Folder">The place.</param>
/// <param name="Rules">What counts.</param>
internal sealed record EventSource(EventFolder Folder, IReadOnlyList<EventRule> Rules)
{
    /// <summary>The files by their paths.</summary>
    public Dictionary<string, EventTail> Tails { get; } = new(StringComparer.Ordinal);

    /// <summary>The places of a job: those that its metrics name; when they name no tag, the TensorBoard folder with all that is in it.</summary>
    /// <param name="metrics">How the job's metrics are read.</param>
    /// <param name="tensorboard">Its TensorBoard folder, with all links resolved.</param>
    /// <param name="work">Its working folder, with all links resolved.</param>
    public static IReadOnlyList<EventSource> Of(IReadOnlyList<MetricSpec> metrics, string tensorboard, string work)
    {
        var named = metrics.Where(spec => spec.Tag is not null).ToList();
        return named.Count == 0
            ? [new EventSource(new EventFolder(tensorboard), [new EventRule(null, null)])]
            : [.. named.GroupBy(spec => spec.Events?.TrimEnd('/'), StringComparer.Ordinal).Select(group => new EventSource(
                group.Key is { } events ? new EventFolder(work, events) : new EventFolder(tensorboard),
                [.. group.Select(spec => new EventRule(spec.Tag, spec.Name))]))];
    }
}
