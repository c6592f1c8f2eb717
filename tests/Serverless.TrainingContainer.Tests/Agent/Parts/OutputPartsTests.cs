using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Serverless.Agent.Output;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Parts;

/// <summary>Lines, tail and spool.</summary>
public sealed class OutputPartsTests
{
    [Fact]
    public void Lines_HoweverTheBytesAreCut_AreTheSame() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), chunks =>
        {
            var bytes = chunks.Where(chunk => chunk is not null).SelectMany(chunk => chunk).Select(each => (byte)(each % 5 == 0 ? '\n' : each % 5 == 1 ? '\r' : 'a' + (each % 3))).ToArray();
            var whole = Split([bytes]);
            var single = Split(bytes.Select(each => new[] { each }));
            Assert.Equal(whole.Lines, single.Lines);
            Assert.Equal(whole.Segments, single.Segments);
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lines_WithCarriageReturns_ShowWhatATerminalWould()
    {
        var (lines, segments) = Split(["10%\r20%\ra\r\nb"u8.ToArray()]);
        Assert.Equal(["a", "b"], lines);
        Assert.Equal(["10%", "20%", "a", "b"], segments);
        Assert.Equal(["", "x"], Split(["\nx"u8.ToArray()]).Lines);
    }

    [Fact]
    public void Tail_OfLongLines_IsCutAtWholeCharacters()
    {
        var tail = new LogTail();
        tail.Add(Encoding.UTF8.GetBytes("x" + string.Concat(Enumerable.Repeat("🙂", 1_500))));

        var line = Assert.Single(tail.Read());

        Assert.Equal(1_999, line.Length);
        Assert.False(char.IsHighSurrogate(line[^1]));
    }

    [Fact]
    public void Spool_BeyondItsLimit_CountsWhatItDrops()
    {
        using var folder = new TempFolder();
        using var spool = new LogSpool(folder["log"], 10);
        spool.Append("12345678"u8);
        spool.Append("9012345"u8);
        spool.Note("end");
        var read = new byte[100];

        Assert.Equal(5, spool.Dropped);
        Assert.Equal("1234567890[serverless] end\n", Encoding.UTF8.GetString(read.AsSpan(0, spool.Read(0, read))));
    }

    private static (List<string> Lines, List<string> Segments) Split(IEnumerable<byte[]> chunks)
    {
        var (lines, segments) = (new List<string>(), new List<string>());
        var splitter = new LineSplitter(8, segment => segments.Add(Encoding.ASCII.GetString(segment)), line => lines.Add(Encoding.ASCII.GetString(line)));
        foreach (var chunk in chunks)
            splitter.Accept(chunk);
        splitter.End();
        return (lines, segments);
    }
}
