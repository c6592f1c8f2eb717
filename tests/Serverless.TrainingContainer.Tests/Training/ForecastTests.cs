using Serverless.TestKit;
using Serverless.Training.Forecasts;
using Serverless.Training.Tables;

namespace Serverless.TrainingContainer.Tests.Training;

/// <summary>Series, windows and scales of forecasts.</summary>
public sealed class ForecastTests
{
    [Fact]
    public void Windows_OfSeries_NeverReachIntoWhatIsHeldOut()
    {
        Series[] series = [new("short", [1, 2, 3]), new("a", [.. Enumerable.Range(0, 10).Select(i => (float)i)]), new("b", [.. Enumerable.Range(100, 8).Select(i => (float)i)])];
        var windows = ForecastWindows.Of(series, 3, 2);

        Assert.Equal(4 + 2, windows.Count);
        var seen = Enumerable.Range(0, windows.Count).Select(window => (windows.Learn(window, out var of).ToArray(), of)).ToList();
        Assert.Equal([0f, 1, 2, 3, 4], seen[0].Item1);
        Assert.Equal([3f, 4, 5, 6, 7], seen[3].Item1);
        Assert.Equal([100f, 101, 102, 103, 104], seen[4].Item1);
        Assert.Equal([1, 1, 1, 1, 2, 2], seen.Select(pair => pair.of));
        Assert.All(seen, pair => Assert.DoesNotContain(pair.Item1, value => value is 8 or 9 or 106 or 107));

        Assert.Equal([(1, new float[] { 5, 6, 7, 8, 9 }), (2, [103, 104, 105, 106, 107])], windows.Held().Select(held => (held.Series, held.Values.ToArray())));
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7], windows.History(1).ToArray());
        Assert.Equal(["short"], windows.TooShort);
    }

    [Fact]
    public void Windows_OfSeriesThatAreTooShort_AreRefusedWithTheNumbers()
    {
        var failure = Assert.Throws<DataException>(() => ForecastWindows.Of([new("a", new float[6])], 3, 2));
        Assert.Contains("need 7 values; the longest series has 6", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1f, -3, float.NaN }, 2)]
    [InlineData(new[] { 0f, 0 }, 1)]
    [InlineData(new[] { float.NaN }, 1)]
    [InlineData(new float[0], 1)]
    public void Scale_OfAContext_IsTheMeanSizeOfWhatIsThere(float[] context, float expected) => Assert.Equal(expected, SeriesScale.Of(context));

    [Fact]
    public void Reader_LongForm_SortsMixedRowsIntoTheirSeries()
    {
        var series = Read("shop,sales\nb,1\na,2\nb,?\na,3.5\n", "sales", "shop");
        Assert.Equal(["a", "b"], series.Select(each => each.Name));
        Assert.Equal([2, 3.5f], series[0].Values);
        Assert.Equal([1, float.NaN], series[1].Values);
        Assert.Equal([1f, 2], Assert.Single(Read("v\n1\n2\n", "v", null)).Values);
    }

    [Theory]
    [InlineData("v\nx\n", "v", "'x' in line 2")]
    [InlineData("v\n1\n", "w", "no column 'w'")]
    public void Reader_WrongTable_SaysWhere(string text, string column, string said) =>
        Assert.Contains(said, Assert.Throws<DataException>(() => Read(text, column, null)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<Series> Read(string text, string value, string? series)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["t.csv"], text);
        return SeriesReader.Read(CsvTable.Open([folder["t.csv"]], new TableFormat()), value, series, new MissingMarks([]), TestContext.Current.CancellationToken);
    }
}
