using System.Text;
using Serverless.Agent.Files;

namespace Serverless.Agent.Metrics;

/// <summary>Follows the metrics file: reads whole lines as they come. One that became shorter is read again from its start.</summary>
internal sealed class MetricsFileReader(string path, PointQueue points, TimeProvider clock, Action<string> note)
{
    private const int LineLimit = 64 * 1024;
    private readonly byte[] buffer = new byte[LineLimit];
    private long position;
    private int wrong;
    private bool skipping;

    /// <summary>Reads what is new.</summary>
    /// <param name="last">Whether the program has ended, so that a last line needs no line end.</param>
    public void Read(bool last)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null)
            return;
        if (file.Length < position)
            position = 0;
        if (file.Length == position)
            return;
        // A program in a container must not lead the agent to a file of the node by a link that comes after the look above.
        using var stream = OutputFile.TryOpen(OutputFile.Resolve(file.DirectoryName!), file.Name);
        if (stream is null)
            return;
        while (true)
        {
            stream.Position = position;
            var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (count == 0)
                return;
            var end = buffer.AsSpan(0, count).LastIndexOf((byte)'\n') + 1;
            if (end == 0 && count == buffer.Length)
                SkipLongLine(count);
            else if (end == 0 && !last)
                return;
            else
                Take(buffer.AsSpan(0, end == 0 ? count : end));
        }
    }

    private void SkipLongLine(int count)
    {
        if (!skipping)
            Wrong($"a line is longer than {LineLimit} bytes");
        skipping = true;
        position += count;
    }

    private void Take(ReadOnlySpan<byte> lines)
    {
        position += lines.Length;
        foreach (var range in lines.Split((byte)'\n'))
        {
            var line = lines[range];
            if (skipping)
                skipping = false;
            else if (!line.Trim("\r \t"u8).IsEmpty)
                TakeLine(Encoding.UTF8.GetString(line));
        }
    }

    private void TakeLine(string line)
    {
        if (MetricJson.Read(line, clock.GetUtcNow()) is { } found)
        {
            foreach (var point in found)
                points.Add(point);
        }
        else
        {
            Wrong($"'{(line.Length > 100 ? line[..100] + "…" : line)}' is not such an object");
        }
    }

    private void Wrong(string what)
    {
        if (wrong++ == 0)
            note($"A line of the metrics file is not read: {what}. A line is a JSON object such as {{\"name\":\"loss\",\"value\":0.5,\"step\":3}}. Further ones are passed over without a word.");
    }
}
