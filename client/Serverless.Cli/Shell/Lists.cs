using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Serverless.Cli.Terminal;
using Serverless.Client.Http;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Shell;

/// <summary>Lists, by page or whole.</summary>
internal static class Lists
{
    /// <summary>Most rows that <c>--all</c> collects: beyond it a program should page.</summary>
    private const int MaxRows = 100_000;

    /// <summary>Reads the page that was asked for, or all pages, and shows it.</summary>
    public static async Task<int> ShowAsync<T>(
        Invocation invocation,
        (Option<int?> Limit, Option<bool> All) options,
        Func<PageRequest, Task<Page<T>>> read,
        JsonTypeInfo<Page<T>> type,
        TextTable table,
        Action<TextTable, T> row,
        string none)
    {
        var all = invocation.Get(options.All);
        var page = await read(new PageRequest { Limit = all ? ApiNames.MaxLimit : invocation.Get(options.Limit) });
        var items = page.Items.ToList();
        while (all && page.Next is { } after && items.Count < MaxRows)
        {
            page = await read(new PageRequest { Limit = ApiNames.MaxLimit, After = after });
            items.AddRange(page.Items);
        }

        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(new Page<T>(items, page.Next), type);
            return ExitCode.Ok;
        }

        foreach (var item in items)
            row(table, item);
        invocation.Output.Table(table);
        if (items.Count == 0)
            invocation.Output.Talk(none);
        else if (page.Next is not null)
            invocation.Output.Talk($"These are the newest {items.Count}; there are more: --limit N, --all.");
        return ExitCode.Ok;
    }
}
