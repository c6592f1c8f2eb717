using Serverless.Contracts.Datasets;

namespace Serverless.Core.Triggers;

/// <summary>What a trigger watches: one data set, and of its paths those that begin with a text.</summary>
/// <param name="Dataset">The data set's name, the prefix's first segment.</param>
/// <param name="PathStart">How the paths below it begin; empty: any.</param>
public readonly record struct TriggerPrefix(string Dataset, string PathStart)
{
    /// <summary>Reads <c>name</c>, <c>name/</c> or <c>name/part/of/a/path</c>. The name is whole: <c>digits</c> watches no data set <c>digits2</c>.</summary>
    public static TriggerPrefix Parse(string prefix)
    {
        var slash = prefix.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new TriggerPrefix(prefix, "") : new TriggerPrefix(prefix[..slash], prefix[(slash + 1)..]);
    }

    /// <summary>Whether a version has a file under the prefix.</summary>
    public bool Watches(DatasetVersion version)
    {
        var start = PathStart;
        return version.Name == Dataset && version.Files.Any(file => file.Path.StartsWith(start, StringComparison.Ordinal));
    }
}
