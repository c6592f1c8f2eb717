using System.Globalization;
using System.Runtime.CompilerServices;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Http;

/// <summary>Lists page by page.</summary>
internal static class Paging
{
    /// <summary>Every row, page after page, as the caller reads on.</summary>
    public static async IAsyncEnumerable<T> AllAsync<T>(Func<PageRequest, CancellationToken, Task<Page<T>>> read, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        string? after = null;
        do
        {
            var page = await read(new PageRequest { Limit = ApiNames.MaxLimit, After = after }, cancel);
            foreach (var row in page.Items)
                yield return row;
            // A cursor that does not move would never end.
            after = page.Next == after ? null : page.Next;
        }
        while (after is not null);
    }

    /// <summary>A page's size and cursor as query parameters.</summary>
    public static (string, string?)[] Parameters(PageRequest? page) =>
        [(ApiNames.Limit, page?.Limit?.ToString(CultureInfo.InvariantCulture)), (ApiNames.After, page?.After)];
}
