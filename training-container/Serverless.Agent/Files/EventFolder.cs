using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Agent.Files;

/// <summary>A place where a program writes TensorBoard event files: a folder and a pattern of paths below it. Links are not followed.</summary>
internal sealed class EventFolder
{
    /// <summary>What TensorBoard takes for an event file has this in its name.</summary>
    private const string Mark = "tfevents";

    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
        MaxRecursionDepth = 32,
    };

    private readonly string start;
    private readonly Regex? pattern;

    /// <summary>All event files below a folder, or those that a pattern names.</summary>
    /// <param name="root">The folder, with all links resolved.</param>
    /// <param name="pattern">See <see cref="Serverless.Contracts.Jobs.MetricSpec.Events"/>; null: all.</param>
    public EventFolder(string root, string? pattern = null)
    {
        Root = root;
        Pattern = pattern?.TrimEnd('/');
        start = root;
        if (Pattern is null)
            return;
        var plain = Pattern.Split('/').TakeWhile(part => !part.AsSpan().ContainsAny('*', '?')).ToArray();
        start = Path.Combine([root, .. plain]);
        this.pattern = new Regex(Expression(Pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>The folder that paths are relative to.</summary>
    public string Root { get; }

    /// <summary>The pattern; null: all below.</summary>
    public string? Pattern { get; }

    /// <summary>Whether a link is where the pattern begins: what it leads to is not looked at.</summary>
    public bool BeginsAtLink
    {
        get
        {
            for (var at = start; at.Length > Root.Length; at = Path.GetDirectoryName(at)!)
                if (new FileInfo(at).LinkTarget is not null)
                    return true;
            return false;
        }
    }

    /// <summary>The files that are there, in the order of their paths.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="tooMany">Whether there are more.</param>
    public IReadOnlyList<FileStamp> Scan(int most, out bool tooMany)
    {
        var found = new List<FileStamp>();
        tooMany = false;
        try
        {
            var all = File.Exists(start) ? [new FileInfo(start)] : new DirectoryInfo(start).EnumerateFiles("*", Below);
            foreach (var file in BeginsAtLink ? [] : all.Where(file => file.Name.Contains(Mark, StringComparison.Ordinal)))
            {
                var path = Path.GetRelativePath(Root, file.FullName);
                if (pattern?.IsMatch(path) == false || !file.Exists)
                    continue;
                tooMany = found.Count == most;
                if (tooMany)
                    break;
                found.Add(new FileStamp(path, file.Length, file.LastWriteTimeUtc.Ticks));
            }
        }
        catch (Exception vanished) when (vanished is IOException or UnauthorizedAccessException)
        {
            // The folder is not there yet, or goes while we look: the next scan sees what is left.
        }

        found.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return found;
    }

    /// <summary>A pattern names a file, or a folder and with it all below.</summary>
    private static string Expression(string pattern)
    {
        var text = new StringBuilder("^");
        var parts = pattern.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == "**")
                text.Append(i == parts.Length - 1 ? ".+" : "(.+/)?");
            else
                text.Append(Regex.Escape(parts[i]).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal)).Append(i == parts.Length - 1 ? "" : "/");
        }

        return text.Append("(/.*)?$").ToString();
    }
}
