using Serverless.Contracts.Datasets;
using Serverless.Core.Datasets;
using Serverless.Core.Failures;

namespace Serverless.Orchestrations.Datasets;

/// <summary>Finds the version that a reference names.</summary>
public sealed class DatasetLookup(DatasetSet datasets)
{
    /// <summary>The version: the newest of the data set, the one written out, or the only one that begins so.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>; <c>conflict</c> when several versions begin so.</exception>
    public async Task<DatasetVersion> RequireAsync(DatasetRef reference, CancellationToken cancel)
    {
        var where = new Dictionary<string, string> { ["dataset"] = reference.Name };
        if (reference.Version is null)
        {
            var (newest, _) = await datasets.QueryAsync(where, null, 1, null, cancel);
            return newest.Count == 1 ? newest[0] : throw Fail.NotFound("data set", reference.Name, "Upload it first, or list the data sets to find its name.");
        }

        if (reference.IsWhole)
            return await datasets.FindAsync(reference.ToString(), cancel) ?? throw Missing(reference);
        var (candidates, _) = await datasets.QueryAsync(where, reference.ToString(), 1_000, null, cancel);
        var found = candidates.Where(version => version.Version.StartsWith(reference.Version, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            0 => throw Missing(reference),
            1 => found[0],
            _ => throw Fail.Conflict($"{found.Count} versions of data set '{reference.Name}' begin with '{reference.Version}'.", "Write more digits of the version."),
        };
    }

    private static ServerlessException Missing(DatasetRef reference) =>
        Fail.NotFound("data set version", reference.ToString(), $"List the versions of data set '{reference.Name}', or leave '@…' out for the newest.");
}
