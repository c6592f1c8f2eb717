using Serverless.Agent.Metrics;
using Serverless.Agent.Metrics.Events;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;
using static Serverless.TrainingContainer.Tests.Jobs.EventBytes;

namespace Serverless.TrainingContainer.Tests.Agent.Parts;

/// <summary>How event files are followed and what their scalars are called.</summary>
public sealed class EventMetricsTests : IDisposable
{
    private const string Name = "events.out.tfevents.1767323045.host.1.0";
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddSeconds(Wall - 10);

    private readonly TempFolder folder = new();
    private readonly PointQueue points = new();
    private readonly ManualTime time = new(Start);
    private readonly List<string> notes = [];
    private readonly Dictionary<string, long> delivered = [];

    public EventMetricsTests()
    {
        Directory.CreateDirectory(folder["tb"]);
        Directory.CreateDirectory(folder["work"]);
    }

    [Fact]
    public void File_ThatGrows_IsReadToTheLastWholeRecordEachTime()
    {
        var metrics = Follow();
        Look(metrics);
        Write("tb", Name, Version());
        Look(metrics);
        var second = Simple("loss", 0.5f, 2);
        Write("tb", Name, [.. Simple("loss", 0.25f, 1), .. second[..20]]);
        Look(metrics);
        Assert.Equal("", Told());
        Look(metrics);
        Assert.Equal("loss=0.25@1", Told());
        for (var i = 20; i < second.Length; i++)
        {
            Look(metrics);
            Assert.Equal("loss=0.25@1", Told());
            Write("tb", Name, second[i..(i + 1)]);
        }

        Look(metrics);
        Assert.Equal("loss=0.25@1 loss=0.5@2", Told());
        Assert.Equal(Start.AddSeconds(10), points.Peek(10).Points[0].At);
        Assert.Empty(notes);
    }

    [Fact]
    public void Times_OutsideTheAttempt_AreTheAttempts()
    {
        var metrics = Follow();
        time.Advance(TimeSpan.FromSeconds(20));
        Write("tb", Name, [.. Simple("a", 1, 1, wall: 5), .. Simple("a", 1, 2, wall: 1e300), .. Simple("a", 1, 3, wall: double.NaN), .. Simple("a", 1, 4)]);
        metrics.Read(last: true);
        Assert.Equal([0, 20, 0, 10], points.Peek(10).Points.Select(point => (point.At - Start).TotalSeconds));
    }

    [Fact]
    public void Folders_AreRuns_AndStandBeforeTheTag()
    {
        Write("tb/train", Name, Simple("epoch_loss", 1, 1));
        Write("tb/validation", Name, Simple("epoch_loss", 2, 1));
        Write("tb", Name + ".v2", Simple("lr", 3, 1));
        Write("tb", "notes.txt", [1, 2, 3]);
        Follow().Read(last: true);
        Assert.Equal("lr=3@1 train/epoch_loss=1@1 validation/epoch_loss=2@1", Told());
    }

    [Fact]
    public void Names_AreVisibleAndBounded()
    {
        var tag = new string('x', 300);
        Assert.Equal("a b/ü_", EventNames.Of("", " a b/ü\u0007 "));
        Assert.Equal("_", EventNames.Of("", " "));
        Assert.Equal(128, EventNames.Of("", tag).Length);
        Assert.NotEqual(EventNames.Of("", tag + "1"), EventNames.Of("", tag + "2"));
        Assert.Equal("run/loss", EventNames.Of("run", "loss"));
    }

    [Fact]
    public void Tags_ThatAreNamed_AreTheOnlyMetrics()
    {
        Write("tb", Name, [.. Simple("eval/accuracy", 0.5f, 1), .. Simple("other", 1, 1)]);
        Write("tb/validation", Name, Simple("epoch_loss", 2, 1));
        Write("work/runs/Jan01_host", Name, Simple("loss", 3, 1));
        Write("work/elsewhere", Name, Simple("loss", 4, 1));
        Follow(new MetricSpec("accuracy") { Tag = "eval/accuracy" }, new MetricSpec("val") { Tag = "validation/epoch_loss" }, new MetricSpec("loss") { Tag = "loss", Events = "runs/**" }, new MetricSpec("x", "x=(.)")).Read(last: true);
        Assert.Equal("accuracy=0.5@1 loss=3@1 val=2@1", Told());
    }

    [Theory]
    [InlineData("runs", true)]
    [InlineData("runs/", true)]
    [InlineData("runs/**", true)]
    [InlineData("runs/*", true)]
    [InlineData("runs/*/b", true)]
    [InlineData("runs/**/b", true)]
    [InlineData("runs/a?/b/events*", true)]
    [InlineData("runs/a1/b/" + Name, true)]
    [InlineData("run", false)]
    [InlineData("runs/b", false)]
    [InlineData("runs/*/c", false)]
    public void Events_NameFoldersAndFiles(string events, bool found)
    {
        Write("work/runs/a1/b", Name, Simple("loss", 1, 1));
        Follow(new MetricSpec("loss") { Tag = "loss", Events = events }).Read(last: true);
        Assert.Equal(found ? "loss=1@1" : "", Told());
    }

    [Fact]
    public void Tag_InSeveralFolders_IsReadFromTheFirst_AndThatIsSaid()
    {
        Write("tb/train", Name, [.. Simple("loss", 1, 1), .. Simple("loss", 1, 2)]);
        Write("tb/validation", Name, [.. Simple("loss", 9, 1), .. Simple("loss", 9, 2)]);
        Follow(new MetricSpec("loss") { Tag = "loss" }).Read(last: true);
        Assert.Equal("loss=1@1 loss=1@2", Told());
        Assert.Contains("'validation/loss'", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Name_ThatTheProgramReportsItself_IsNotReportedTwice()
    {
        var metrics = Follow();
        Write("tb", Name, [.. Simple("loss", 0.3f, 1), .. Simple("lr", 1, 1)]);
        Look(metrics);
        points.Add(new MetricPoint("loss", 0.3, 1, default));
        Write("tb", Name, Simple("loss", 0.2f, 2));
        Look(metrics);
        Look(metrics);
        Assert.Equal("loss=0.3@1 lr=1@1", Told());
    }

    [Fact]
    public void File_ThatIsDamaged_IsSaidOnce_AndTheOthersGoOn()
    {
        var metrics = Follow();
        var bad = Simple("a", 2, 2);
        bad[^6] ^= 1;
        Write("tb", Name, [.. Simple("a", 1, 1), .. bad, .. Simple("a", 3, 3)]);
        Write("tb", Name + ".2", Simple("b", 1, 1));
        for (var i = 0; i < 4; i++)
            Look(metrics);
        Write("tb", Name, Simple("a", 4, 4));
        Write("tb", Name + ".2", Simple("b", 2, 2));
        metrics.Read(last: true);
        Assert.Equal("a=1@1 b=1@1 b=2@2", Told());
        Assert.Contains("checksum of a record is wrong", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatIsCutOrReplaced_IsReadFromItsStart()
    {
        var metrics = Follow();
        Write("tb", Name, [.. Version(), .. Simple("a", 1, 1), .. Simple("a", 2, 2)]);
        Look(metrics);
        File.WriteAllBytes(folder["tb/" + Name], [.. Version(), .. Simple("a", 7, 1)]);
        Look(metrics);
        File.WriteAllBytes(folder["tb/" + Name], [.. Version(Wall + 1), .. Simple("a", 8, 1), .. Simple("a", 9, 2)]);
        Look(metrics);
        Look(metrics);
        Assert.Equal("a=1@1 a=2@2 a=7@1 a=8@1 a=9@2", Told(inOrder: true));
    }

    [Fact]
    public void Restart_WithPurge_ReportsTheNewValuesAfterTheOld()
    {
        Write("tb", Name + ".1", [.. Simple("a", 1, 1), .. Simple("a", 2, 2)]);
        Write("tb", Name + ".2", [.. SessionStart(2), .. Simple("a", 5, 2)]);
        Follow().Read(last: true);
        Assert.Equal("a=1@1 a=2@2 a=5@2", Told(inOrder: true));
    }

    [Fact]
    public void Links_AreNotFollowed()
    {
        Write("outside", Name, Simple("a", 1, 1));
        File.CreateSymbolicLink(folder["tb/" + Name], folder["outside/" + Name]);
        Directory.CreateSymbolicLink(folder["tb/run"], folder["outside"]);
        Directory.CreateSymbolicLink(folder["work/runs"], folder["outside"]);
        Follow().Read(last: true);
        Follow(new MetricSpec("a") { Tag = "a", Events = "runs/**" }).Read(last: true);
        Assert.Equal("", Told());
        Assert.Contains("'runs/**' of event files is a link", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatCameWithTheCode_CountsFromWhereItEnded()
    {
        Write("work/runs", Name, [.. Version(), .. Simple("a", 1, 1)]);
        delivered["runs/" + Name] = new FileInfo(folder["work/runs/" + Name]).Length;
        var metrics = Follow(new MetricSpec("a") { Tag = "a", Events = "runs" });
        Look(metrics);
        Write("work/runs", Name, Simple("a", 2, 2));
        metrics.Read(last: true);
        Assert.Equal("a=2@2", Told());
    }

    [Fact]
    public void Record_ThatIsHuge_IsPassedOver()
    {
        var image = new byte[5 << 20];
        Write("tb", Name, [.. Simple("a", 1, 1), .. Record(Bytes(5, Bytes(1, [.. Text(1, "image"), .. Bytes(4, image)]))), .. Simple("a", 2, 2)]);
        Write("tb", Name + ".2", [.. Record(Bytes(5, Bytes(1, [.. Text(1, "image"), .. Bytes(4, image[..(1 << 20)])]))), .. Simple("b", 1, 1)]);
        var metrics = Follow();
        while (metrics.Read(last: true))
        {
        }

        Assert.Equal("a=1@1 a=2@2 b=1@1", Told());
        Assert.Empty(notes);
    }

    [Fact]
    public void Points_InMillions_AreReadInPieces_AndTheLastIsKept()
    {
        var record = Simple("a", 1, 1);
        var many = new byte[record.Length * 300_000];
        for (var i = 0; i < 300_000; i++)
            record.CopyTo(many, i * record.Length);
        Write("tb", Name, [.. many, .. Simple("a", 7, 2)]);
        var (metrics, looks) = (Follow(), 1);
        while (metrics.Read(last: true))
            looks++;
        Assert.InRange(looks, 3, 10);
        var waiting = points.Peek(int.MaxValue).Points.Count;
        Assert.Equal(PointQueue.DefaultCapacity, waiting);
        points.Remove(waiting);
        Assert.Equal("a=7@2", Told());
        Assert.Equal(300_000 - PointQueue.DefaultCapacity, points.Dropped);
    }

    [Fact]
    public void Tags_InThousands_AreAllMetrics()
    {
        Write("tb", Name, [.. Enumerable.Range(0, 5_000).SelectMany(i => Simple($"layer/{i}", i, 1))]);
        Follow().Read(last: true);
        Assert.Equal(5_000, points.Peek(10_000).Points.Select(point => point.Name).Distinct().Count());
    }

    public void Dispose() => folder.Dispose();

    private EventMetrics Follow(params MetricSpec[] metrics) => new(EventSource.Of(metrics, folder["tb"], folder["work"]), delivered, points, time, notes.Add);

    private void Look(EventMetrics metrics)
    {
        time.Advance(TimeSpan.FromSeconds(10));
        metrics.Read(last: false);
    }

    private void Write(string at, string name, byte[] bytes)
    {
        Directory.CreateDirectory(folder[at]);
        File.AppendAllBytes(Path.Combine(folder[at], name), bytes);
    }

    private string Told(bool inOrder = false)
    {
        var all = points.Peek(100).Points.Select(point => FormattableString.Invariant($"{point.Name}={point.Value}@{point.Step}"));
        return string.Join(' ', inOrder ? all : all.Order(StringComparer.Ordinal));
    }
}
