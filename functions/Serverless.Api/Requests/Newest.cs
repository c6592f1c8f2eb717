using Serverless.Contracts.Wire;
using Serverless.Core.Failures;

namespace Serverless.Api.Requests;

/// <summary>Pages of the newest version of each thing, from all versions of all things, newest first.</summary>
internal static class Newest
{
    /// <summary>Most versions that one call looks at: a bound on its work. What lies behind is reached by the next page.</summary>
    private const int MaxLooked = 20_000;

    /// <summary>A page.</summary>
    /// <param name="all">All versions, newest first.</param>
    /// <param name="nameOf">The thing's name.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="after">The name of the last row of the page before.</param>
    /// <param name="cancel">Breaks off.</param>
    public static async Task<Page<T>> PageAsync<T>(IAsyncEnumerable<T> all, Func<T, string> nameOf, int limit, string? after, CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var page = new List<T>(limit);
        var begun = after is null;
        var looked = 0;
        await foreach (var version in all.WithCancellation(cancel))
        {
            if (++looked > MaxLooked)
                break;
            if (!seen.Add(nameOf(version)))
                continue;
            if (begun && page.Count == limit)
                return new Page<T>(page, nameOf(page[^1]));
            if (begun)
                page.Add(version);
            begun |= nameOf(version) == after;
        }

        return begun ? new Page<T>(page, null) : throw Fail.Invalid("query.after", "'after' is not the 'next' of a page.", "Begin again without it.");
    }
}
