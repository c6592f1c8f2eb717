using System.Text;
using Serverless.Jobs.Events;
using Serverless.TestKit;
using static Serverless.TrainingContainer.Tests.Jobs.EventFileReader;

namespace Serverless.TrainingContainer.Tests.Jobs;

/// <summary>Event files, read back by a reader of their published format.</summary>
public sealed class EventWriterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero);

    /// <summary>RFC 3720, appendix B.4.</summary>
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xe3069283u)]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0x8a9136aau)]
    public void Crc32C_OfTheStandardsVectors_IsTheStandards(string text, uint expected) => Assert.Equal(expected, Crc32C.Of(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void Writer_ScalarHistogramText_AreReadBack()
    {
        using var folder = new TempFolder();
        var records = Write(folder, writer =>
        {
            writer.Scalar("loss/train", 0.25, 3);
            writer.Histogram("weights", [-1, 0, 0.5f, 1, float.NaN, float.PositiveInfinity], 4);
            writer.Text("note", "größe", 5);
        });

        Assert.Equal("brain.Event:2", Text(Assert.Single(Fields(records[0])[3])));
        Assert.All(records, record => Assert.Equal(Start.ToUnixTimeMilliseconds() / 1000.0, Double(Fields(record)[1].Single())));

        var scalar = Value(records[1], 3);
        Assert.Equal("loss/train", Text(scalar[1].Single()));
        Assert.Equal(0.25f, Float(scalar[2].Single()));

        var histogram = Fields((byte[])Value(records[2], 4)[5].Single());
        Assert.Equal([-1, 1, 4, 0.5, 2.25], new[] { 1, 2, 3, 4, 5 }.Select(field => Double(histogram[field].Single())));
        var (limits, counts) = (Doubles(histogram[6].Single()), Doubles(histogram[7].Single()));
        Assert.Equal(64, limits.Length);
        Assert.Equal((64, 4.0, 1.0), (counts.Length, counts.Sum(), limits[^1]));
        Assert.Equal((1.0, 1.0, 1.0), (counts[0], counts[32], counts[63]));
        Assert.Equal(limits.Order(), limits);

        var text = Value(records[3], 5);
        Assert.Equal("größe", Text(Fields((byte[])text[8].Single())[8].Single()));
        Assert.Equal("text", Text(Fields((byte[])Fields((byte[])text[9].Single())[1].Single())[1].Single()));
    }

    [Theory]
    [InlineData(new float[0], 0)]
    [InlineData(new[] { float.NaN }, 0)]
    [InlineData(new[] { 2f, 2f }, 2)]
    public void Histogram_OfOneValueOrNone_HasOneBin(float[] values, int count)
    {
        using var folder = new TempFolder();
        var histogram = Fields((byte[])Value(Write(folder, writer => writer.Histogram("w", values, 0))[1], 0)[5].Single());
        Assert.Equal(count, Double(histogram[3].Single()));
        Assert.Equal([count], Doubles(histogram[7].Single()));
    }

    [Fact]
    public void Writer_FromManyThreads_KeepsRecordsWhole()
    {
        using var folder = new TempFolder();
        var records = Write(folder, writer => Parallel.For(0, 500, i => writer.Scalar("x", i, i)));
        Assert.Equal(501, records.Count);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (float)i), records.Skip(1).Select(record => Float(Value(record, null)[2].Single())).Order());
    }

    [Fact]
    public void Writers_InOneFolder_HaveFilesOfTheirOwnThatTensorBoardFinds()
    {
        using var folder = new TempFolder();
        using (var first = new EventWriter(folder.Path, TimeProvider.System))
        using (var second = new EventWriter(folder.Path, TimeProvider.System))
            Assert.NotEqual(first.Path, second.Path);
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.Contains("tfevents", Path.GetFileName(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public void Scalar_TagTooShortOrTooLong_IsRefused(int length)
    {
        using var folder = new TempFolder();
        using var writer = new EventWriter(folder.Path, TimeProvider.System);
        Assert.Contains($"{length} characters", Assert.Throws<ArgumentException>(() => writer.Scalar(new string('x', length), 1, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writer_TensorBoardsOwnReader_ReadsTheFile()
    {
        if ((await PythonProcess.RunAsync("python3", "import tensorboard")).Code != 0)
            Assert.Skip("Python has no package 'tensorboard' here; with it its own reader would read the file.");
        using var folder = new TempFolder();
        Write(folder, writer =>
        {
            writer.Scalar("loss", 0.5, 7);
            writer.Histogram("weights", [1, 2, 3], 7);
            writer.Text("note", "hello", 7);
        });
        var (code, output) = await PythonProcess.RunAsync("python3", """
            import sys
            from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
            events = EventAccumulator(sys.argv[1]); events.Reload()
            print(events.Tags()); print(events.Scalars('loss')[0].value)
            """, folder.Path);
        Assert.True(code == 0, output);
        Assert.Contains("0.5", output, StringComparison.Ordinal);
    }

    private static List<byte[]> Write(TempFolder folder, Action<EventWriter> write)
    {
        string path;
        using (var writer = new EventWriter(folder["t"], new ManualTime(Start)))
        {
            write(writer);
            path = writer.Path;
        }

        return Records(path);
    }

    private static ILookup<int, object> Value(byte[] record, long? step)
    {
        var fields = Fields(record);
        if (step is { } at)
            Assert.Equal((ulong)at, fields[2].Single());
        return Fields((byte[])Fields((byte[])fields[5].Single())[1].Single());
    }
}
