namespace Serverless.Local.Drops;

/// <summary>Decides which files of the drop folder are to be taken in now. Pure: it is told what was seen when.</summary>
/// <param name="settle">How long a file must stay as it is.</param>
internal sealed class DropTable(TimeSpan settle)
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Takes note of what is there.</summary>
    /// <param name="seen">All files that are there.</param>
    /// <param name="now">When.</param>
    /// <returns>The files that have stayed as they are for long enough and were not settled in this state.</returns>
    public IReadOnlyList<DropFile> Due(IReadOnlyList<DropFile> seen, DateTimeOffset now)
    {
        var due = new List<DropFile>();
        var gone = new HashSet<string>(entries.Keys, StringComparer.Ordinal);
        foreach (var file in seen)
        {
            gone.Remove(file.Path);
            if (!entries.TryGetValue(file.Path, out var entry) || !entry.File.IsAs(file))
                entries[file.Path] = new Entry(file, now, false);
            else if (!entry.Done && now - entry.Since >= settle)
                due.Add(file);
        }

        foreach (var path in gone)
            entries.Remove(path);
        return due;
    }

    /// <summary>The file was taken in, or refused, as it is: it is not looked at again until it changes.</summary>
    public void Done(DropFile file)
    {
        if (entries.TryGetValue(file.Path, out var entry) && entry.File.IsAs(file))
            entries[file.Path] = entry with { Done = true };
    }

    /// <summary>Whether something is there that waits to settle: then it is looked again soon.</summary>
    public bool Waits => entries.Values.Any(entry => !entry.Done);

    private sealed record Entry(DropFile File, DateTimeOffset Since, bool Done);
}
