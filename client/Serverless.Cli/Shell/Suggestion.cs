using System.CommandLine;

namespace Serverless.Cli.Shell;

/// <summary>What somebody who typed something unknown may have meant.</summary>
internal static class Suggestion
{
    /// <summary>Names that a command knows.</summary>
    public static IEnumerable<string> NamesOf(Command command) =>
        command.Subcommands.Select(child => child.Name)
            .Concat(Chain(command).SelectMany((from, depth) => from.Options.Where(option => depth == 0 || option.Recursive)).Select(option => option.Name));

    /// <summary>At most two names that differ by few letters, nearest first.</summary>
    public static IReadOnlyList<string> For(string typed, IEnumerable<string> known) =>
    [
        .. known.Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Distance: Distance(typed, name)))
            .Where(pair => pair.Distance <= Math.Max(1, pair.Name.Length / 3))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .Take(2)
            .Select(pair => pair.Name),
    ];

    /// <summary>Edit distance with swaps of neighbours (optimal string alignment): each is one slip of a finger.</summary>
    internal static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64)
            return int.MaxValue;
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }

    private static IEnumerable<Command> Chain(Command command)
    {
        for (Command? next = command; next is not null; next = next.Parents.OfType<Command>().FirstOrDefault())
            yield return next;
    }
}
