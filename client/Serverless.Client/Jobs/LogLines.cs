using System.Text;

namespace Serverless.Client.Jobs;

/// <summary>Cuts the bytes of a log into lines, however they come in pieces. A line over <see cref="MaxLineBytes"/> is cut into several.</summary>
/// <param name="offset">The byte at which the log is read first.</param>
internal sealed class LogLines(long offset)
{
    /// <summary>Longest line in bytes: a program may write for ever without a line break, we may not keep it for ever.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private readonly List<byte> open = [];

    /// <summary>The byte to ask for next.</summary>
    public long Read { get; private set; } = offset;

    /// <summary>The lines that these bytes complete.</summary>
    public IReadOnlyList<LogLine> Add(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<LogLine>();
        while (!bytes.IsEmpty)
        {
            var room = MaxLineBytes - open.Count;
            var end = bytes.IndexOf((byte)'\n');
            var whole = end >= 0 && end <= room;
            var length = whole ? end : Math.Min(bytes.Length, room);
            open.AddRange(bytes[..length]);
            var taken = whole ? length + 1 : length;
            Read += taken;
            bytes = bytes[taken..];
            if (whole || open.Count >= MaxLineBytes)
                lines.Add(Close());
        }

        return lines;
    }

    /// <summary>What came after the last line break; null when nothing did.</summary>
    public LogLine? Rest() => open.Count == 0 ? null : Close();

    private LogLine Close()
    {
        var length = open.Count > 0 && open[^1] == '\r' ? open.Count - 1 : open.Count;
        var text = Encoding.UTF8.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(open)[..length]);
        open.Clear();
        return new LogLine(text, Read);
    }
}
