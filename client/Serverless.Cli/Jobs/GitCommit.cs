namespace Serverless.Cli.Jobs;

/// <summary>The commit that a folder of a git working tree stands at, read without git.</summary>
internal static class GitCommit
{
    /// <summary>40 or 64 hexadecimal digits; null when the folder is in no working tree or its HEAD cannot be read. Uncommitted changes are not looked at.</summary>
    public static string? Of(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                if (Directory.Exists(git))
                    return Resolve(git, git);
                if (File.Exists(git))
                    return Worktree(at.FullName, File.ReadAllText(git).Trim());
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // For the record only: a job runs without it.
        }

        return null;
    }

    private static string? Worktree(string folder, string pointer)
    {
        if (!pointer.StartsWith("gitdir: ", StringComparison.Ordinal))
            return null;
        var git = Path.GetFullPath(pointer["gitdir: ".Length..], folder);
        var common = Path.Combine(git, "commondir");
        return Resolve(git, File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), git) : git);
    }

    private static string? Resolve(string git, string common)
    {
        var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return Hash(head);
        var name = head["ref: ".Length..];
        var loose = Path.Combine(common, name);
        if (File.Exists(loose))
            return Hash(File.ReadAllText(loose).Trim());
        var packed = Path.Combine(common, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).Where(line => line.EndsWith($" {name}", StringComparison.Ordinal)).Select(line => Hash(line[..line.IndexOf(' ')])).FirstOrDefault()
            : null;
    }

    private static string? Hash(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower) ? text : null;
}
