using System.Text;
using Serverless.Agent.Metrics;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Parts;

/// <summary>How metrics are read from lines and from the metrics file.</summary>
public sealed class MetricReadingTests
{
    [Theory]
    [InlineData("loss = 0.5", "loss", 0.5)]
    [InlineData("  val/acc@5=  -1.5e-3  ", "val/acc@5", -0.0015)]
    [InlineData("x = nan", "x", double.NaN)]
    [InlineData("x = -Infinity", "x", double.NegativeInfinity)]
    [InlineData("x = +inf", "x", double.PositiveInfinity)]
    [InlineData("x = 5.", "x", 5)]
    public void Line_OfNameAndNumber_IsAMetric(string line, string name, double value)
    {
        var point = Assert.Single(Read([], line));
        Assert.Equal((name, value), (point.Name, point.Value));
    }

    [Theory]
    [InlineData("loss = 0.5 in epoch 3")]
    [InlineData("the loss = 0.5")]
    [InlineData("= 1")]
    [InlineData("loss =")]
    [InlineData("loss = 1,000")]
    [InlineData("loss == 1")]
    [InlineData("1x = 1")]
    [InlineData("x = 0x10")]
    [InlineData("")]
    public void Line_OfAnythingElse_IsNone(string line) => Assert.Empty(Read([], line));

    [Fact]
    public void Pattern_FindsEveryValueOfALine()
    {
        var points = Read([new MetricSpec("loss", "loss[:=] ?([0-9.eE+-]+)")], "loss: 0.5, then loss=1e-3. loss: none");
        Assert.Equal([0.5, 0.001], points.Select(point => point.Value));
    }

    [Fact(Timeout = 20_000)]
    public async Task Pattern_MadeToExplode_TakesLinearTime()
    {
        await Task.Yield();
        Assert.Empty(Read([new MetricSpec("x", "^(a+)+$([0-9])")], new string('a', 8_000) + "!"));
    }

    [Theory]
    [InlineData("loss: [0-9.]+", "no group")]
    [InlineData("(unclosed", "not be used")]
    [InlineData("(a)(?=b)", "not be used")]
    [InlineData(@"(a)\1", "not be used")]
    public void Pattern_ThatCannotBeUsed_IsToldOf(string pattern, string why)
    {
        var notes = new List<string>();
        Assert.Empty(Read([new MetricSpec("m", pattern)], "a", notes));
        Assert.Contains(why.Replace("not be used", "cannot be used", StringComparison.Ordinal), Assert.Single(notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"loss","value":1.5,"step":3}""", "loss=1.5@3")]
    [InlineData("""{"loss":1.5,"acc":0.5,"step":3}""", "loss=1.5@3 acc=0.5@3")]
    [InlineData("""{"loss": NaN, "other": -Infinity}""", "loss=NaN@ other=-Infinity@")]
    [InlineData("""{"name":"loss","value":"NaN"}""", "loss=NaN@")]
    [InlineData("""{"epoch":"first","loss":2}""", "loss=2@")]
    [InlineData("""{}""", "")]
    public void JsonLine_IsRead(string line, string expected) => Assert.Equal(expected, Text(MetricJson.Read(line, default)));

    [Theory]
    [InlineData("[1]")]
    [InlineData("loss")]
    [InlineData("{\"loss\":")]
    [InlineData("""{"name":"loss","value":"high"}""")]
    [InlineData("""{"a":{"b":{"c":{"d":{"e":{}}}}}}""")]
    public void JsonLine_ThatIsNone_IsToldApart(string line) => Assert.Null(MetricJson.Read(line, default));

    [Fact]
    public void MetricsFile_IsReadAsItGrows_AndLongLinesArePassedOver()
    {
        using var folder = new TempFolder();
        var points = new PointQueue();
        var notes = new List<string>();
        var file = new MetricsFileReader(folder["m.jsonl"], points, TimeProvider.System, notes.Add);
        file.Read(last: false);
        File.AppendAllText(folder["m.jsonl"], "{\"a\":1}\n{\"a\":");
        file.Read(last: false);
        Assert.Single(points.Peek(10).Points);
        File.AppendAllText(folder["m.jsonl"], "2}\n{\"a\":\"" + new string('x', 200_000) + "\"}\n{\"a\":3}\nno json\n{\"a\":4}");
        file.Read(last: false);
        file.Read(last: true);

        Assert.Equal([1, 2, 3, 4], points.Peek(10).Points.Select(point => point.Value));
        Assert.Contains("longer than", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Points_BeyondTheLimit_AreCountedAndTheNewestOfEachKept()
    {
        var queue = new PointQueue(capacity: 2);
        for (var i = 0; i < 5; i++)
            queue.Add(new MetricPoint("a", i, null, default));
        queue.Add(new MetricPoint("b", 9, null, default));
        Assert.Equal(2, queue.Dropped);
        Assert.Equal((0L, 2), (queue.Peek(10).First, queue.Peek(10).Points.Count));
        queue.Remove(1);
        Assert.Equal((1L, 1), (queue.Peek(10).First, queue.Peek(10).Points.Count));
        queue.Remove(1);
        Assert.Equal([("a", 4.0), ("b", 9.0)], queue.Peek(10).Points.Select(point => (point.Name, point.Value)));
        Assert.Equal(2, queue.Peek(10).First);
    }

    private static IReadOnlyList<MetricPoint> Read(IReadOnlyList<MetricSpec> specs, string line, List<string>? notes = null)
    {
        var points = new PointQueue();
        new MetricLines(specs, points, TimeProvider.System, note => notes?.Add(note)).Accept(Encoding.UTF8.GetBytes(line));
        return points.Peek(100).Points;
    }

    private static string Text(IReadOnlyList<MetricPoint>? points) =>
        string.Join(' ', points!.Select(point => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{point.Name}={point.Value}@{point.Step}")));
}
