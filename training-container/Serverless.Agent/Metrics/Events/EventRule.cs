namespace Serverless.Agent.Metrics.Events;

/// <summary>Which scalars of event files are metrics.</summary>
/// <param name="Tag">The tag, or the file's folder and the tag; null: every scalar.</param>
/// <param name="Name">The metric's name; null: as the scalar is called.</param>
internal sealed record EventRule(string? Tag, string? Name)
{
    private string? source;
    private bool told;

    /// <summary>The metric that a scalar is by this rule; null: none. A tag that several folders have is read from the first one that had it, because values of two runs in one metric mean nothing.</summary>
    public string? NameOf(string folder, string tag, Action<string> note)
    {
        if (Tag is null)
            return EventNames.Of(folder, tag);
        if (tag != Tag && !(folder.Length > 0 && Tag.Length == folder.Length + 1 + tag.Length && Tag.StartsWith(folder, StringComparison.Ordinal) && Tag.EndsWith("/" + tag, StringComparison.Ordinal)))
            return null;
        source ??= folder;
        if (source == folder)
            return Name;
        if (!told)
        {
            told = true;
            note($"The tag '{Tag}' of the metric '{Name}' is in several folders of event files: '{source}' and '{folder}'. It is read from the first alone. To choose one, name it before the tag: '{folder}/{tag}'.");
        }

        return null;
    }
}
