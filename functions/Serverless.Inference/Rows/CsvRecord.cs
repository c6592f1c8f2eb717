namespace Serverless.Inference.Rows;

/// <summary>Splits CSV into records and cells, as RFC 4180 has it: commas, double quotes, line ends of either kind.</summary>
/// <param name="text">The CSV.</param>
internal ref struct CsvRecord(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> rest = text;
    private bool ended = text.IsEmpty;

    /// <summary>Whether a quote was opened and never closed.</summary>
    public bool Broken { get; private set; }

    /// <summary>Whether all was read.</summary>
    public readonly bool AtEnd => ended;

    /// <summary>Reads the next cell.</summary>
    /// <param name="cell">Its bytes; doubled quotes within are still doubled.</param>
    /// <param name="isQuoted">Whether it was in quotes.</param>
    /// <returns>Whether the record goes on behind it.</returns>
    public bool Next(out ReadOnlySpan<byte> cell, out bool isQuoted)
    {
        isQuoted = !rest.IsEmpty && rest[0] == (byte)'"';
        int length;
        if (isQuoted)
        {
            var close = CloseOf(rest[1..]);
            cell = rest.Slice(1, close);
            length = Math.Min(rest.Length, close + 2);
        }
        else
        {
            length = rest.IndexOfAny((byte)',', (byte)'\n', (byte)'\r');
            length = length < 0 ? rest.Length : length;
            cell = rest[..length];
        }

        rest = rest[length..];
        if (rest.IsEmpty)
        {
            ended = true;
            return false;
        }

        if (rest[0] == (byte)',')
        {
            rest = rest[1..];
            return true;
        }

        if (rest[0] is not ((byte)'\n' or (byte)'\r'))
            Broken = true;
        rest = rest is [(byte)'\r', (byte)'\n', ..] ? rest[2..] : rest[1..];
        ended = Broken || rest.IsEmpty;
        return false;
    }

    private int CloseOf(ReadOnlySpan<byte> quoted)
    {
        for (var at = 0; ;)
        {
            var next = quoted[at..].IndexOf((byte)'"');
            if (next < 0)
            {
                Broken = true;
                return quoted.Length;
            }

            at += next;
            if (at + 1 >= quoted.Length || quoted[at + 1] != (byte)'"')
                return at;
            at += 2;
        }
    }
}
