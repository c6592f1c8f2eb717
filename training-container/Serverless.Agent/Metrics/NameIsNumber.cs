namespace Serverless.Agent.Metrics;

/// <summary>
/// The line <c>name = number</c> and nothing else, which is read when a job names no metrics. Read by hand: the first regular expression of a process takes a
/// tenth of a second to become ready.
/// </summary>
internal static class NameIsNumber
{
    private const int NameLimit = 128;

    /// <summary>Reads a line.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out string name, out double value)
    {
        name = "";
        value = 0;
        var at = line.IndexOf('=');
        if (at <= 0 || !IsName(line[..at].Trim()) || MetricNumber.Read(line[(at + 1)..]) is not { } number)
            return false;
        name = line[..at].Trim().ToString();
        value = number;
        return true;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > NameLimit || !(char.IsAsciiLetter(text[0]) || text[0] == '_'))
            return false;
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && !"_./@-".Contains(letter, StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}
