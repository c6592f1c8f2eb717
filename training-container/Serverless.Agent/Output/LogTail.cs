using System.Text;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Output;

/// <summary>The last lines of a program's output, in a fixed amount of memory.</summary>
internal sealed class LogTail
{
    private const int BytesPerLine = AgentProtocol.LogTailLineLength * 4;
    private readonly byte[]?[] lines = new byte[]?[AgentProtocol.LogTailLines];
    private readonly int[] lengths = new int[AgentProtocol.LogTailLines];
    private long count;

    public void Add(ReadOnlySpan<byte> line)
    {
        var slot = (int)(count++ % lines.Length);
        var length = Math.Min(line.Length, BytesPerLine);
        if (lines[slot] is null || lines[slot]!.Length < length)
            lines[slot] = new byte[Math.Max(length, 128)];
        line[..length].CopyTo(lines[slot]);
        lengths[slot] = length;
    }

    /// <summary>The lines, oldest first, each cut to the limit. Bytes that are not UTF-8 become replacement characters.</summary>
    public IReadOnlyList<string> Read()
    {
        var first = Math.Max(0, count - lines.Length);
        var read = new List<string>();
        for (var i = first; i < count; i++)
        {
            var slot = (int)(i % lines.Length);
            var text = Encoding.UTF8.GetString(lines[slot].AsSpan(0, lengths[slot]));
            read.Add(text.Length <= AgentProtocol.LogTailLineLength ? text : Cut(text));
        }

        return read;
    }

    /// <summary>Cuts, but never between the halves of a surrogate pair: a lone half cannot be written as JSON.</summary>
    private static string Cut(string text)
    {
        var end = AgentProtocol.LogTailLineLength;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }
}
