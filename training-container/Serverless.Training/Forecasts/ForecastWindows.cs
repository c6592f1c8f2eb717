using System.Globalization;
using Serverless.Training.Tables;

namespace Serverless.Training.Forecasts;

/// <summary>
/// Windows of a context with the values that follow it. The last <c>horizon</c> values of each series are held out: no window to learn from reaches into them, and the window to
/// measure on ends with them.
/// </summary>
internal sealed class ForecastWindows
{
    private readonly IReadOnlyList<Series> series;
    private readonly int[] firstWindow;

    private ForecastWindows(IReadOnlyList<Series> series, int context, int horizon, int[] firstWindow)
    {
        (this.series, Context, Horizon, this.firstWindow) = (series, context, horizon, firstWindow);
    }

    /// <summary>Values that a window shows.</summary>
    public int Context { get; }

    /// <summary>Values that are to be told.</summary>
    public int Horizon { get; }

    /// <summary>Windows to learn from.</summary>
    public int Count => firstWindow[^1];

    /// <summary>Series that were too short to be measured on.</summary>
    public IReadOnlyList<string> TooShort => [.. series.Where(each => !CanMeasure(each)).Select(each => each.Name)];

    /// <summary>Cuts series into windows.</summary>
    /// <exception cref="DataException">No series is long enough for one.</exception>
    public static ForecastWindows Of(IReadOnlyList<Series> series, int context, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var first = new int[series.Count + 1];
        for (var i = 0; i < series.Count; i++)
            first[i + 1] = checked(first[i] + Math.Max(0, series[i].Values.Length - horizon - context - horizon + 1));
        return first[^1] > 0
            ? new(series, context, horizon, first)
            : throw new DataException(string.Create(CultureInfo.InvariantCulture, $"No series is long enough: a context of {context} and twice a horizon of {horizon} (one to learn from, one to measure on) need {context + 2 * horizon} values; the longest series has {series.Select(each => each.Values.Length).DefaultIfEmpty().Max()}. Give a shorter --context or --horizon."));
    }

    /// <summary>A window to learn from: context, then horizon.</summary>
    /// <param name="window">Which, from 0 up to <see cref="Count"/>.</param>
    /// <param name="of">The series' index.</param>
    public ReadOnlySpan<float> Learn(int window, out int of)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)window, (uint)Count, nameof(window));
        var found = Array.BinarySearch(firstWindow, window);
        of = found >= 0 ? found : ~found - 1;
        while (firstWindow[of + 1] == firstWindow[of])
            of++; // a series without windows begins where the next one does
        return series[of].Values.AsSpan(window - firstWindow[of], Context + Horizon);
    }

    /// <summary>The window to measure on, of each series that is long enough: context, then the values held out.</summary>
    public IEnumerable<(int Series, ReadOnlyMemory<float> Values)> Held() =>
        series.Index().Where(each => CanMeasure(each.Item)).Select(each => (each.Index, new ReadOnlyMemory<float>(each.Item.Values)[^(Context + Horizon)..]));

    /// <summary>What a series was before its held-out values.</summary>
    public ReadOnlySpan<float> History(int of) => series[of].Values.AsSpan(0, Math.Max(0, series[of].Values.Length - Horizon));

    private bool CanMeasure(Series each) => each.Values.Length >= Context + Horizon;
}
