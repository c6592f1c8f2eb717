using System.Globalization;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;

namespace Serverless.Cli.Studies;

/// <summary>Times as they are typed and shown in plans. Reading throws <see cref="FormatException"/> with the cure for another form.</summary>
internal static class PlanTexts
{
    private const string Forms = "Write a number with ms, s, m, h or d: '90s', '1.5m', '2h'; for a range two of them: '1m..5m'.";

    /// <summary>Seconds: <c>1.5s</c>, <c>250ms</c>, <c>2m</c>, <c>90</c>.</summary>
    public static double Seconds(string text)
    {
        var unit = text.Length == 0 ? "" : text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
        double factor = unit switch { "" or "s" => 1, "ms" => 0.001, "m" => 60, "h" => 3_600, "d" => 86_400, _ => double.NaN };
        return double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * factor is var seconds && double.IsFinite(seconds)
            ? seconds
            : throw new FormatException(Forms);
    }

    /// <summary>A time, or a range of which eight of ten trials are in: <c>1m..5m</c>.</summary>
    public static (double From, double? To) Range(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            return (Seconds(text), null);
        var (from, to) = (Seconds(text[..dots]), Seconds(text[(dots + 2)..]));
        return to >= from ? (from, to) : throw new FormatException("Write the shorter time first: '1m..5m'.");
    }

    /// <summary>A part of 1: <c>0.05</c> or <c>5%</c>.</summary>
    public static double Share(string text)
    {
        var percent = text.EndsWith('%');
        return double.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number / (percent ? 100 : 1) is var share and <= 1
            ? share
            : throw new FormatException("Write a part of 1 or a percentage: '0.05' or '5%'.");
    }

    /// <summary>A length of time to two figures that matter.</summary>
    public static string Time(double seconds) => seconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1_000:0} ms"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7_200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} min"),
        < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:0.#} d"),
    };

    /// <summary>A range of times.</summary>
    public static string Times(PlanRange range) => Joined(range, Time);

    /// <summary>A range of counts.</summary>
    public static string Counts(PlanRange range) => Joined(range, value => value.ToString("0", CultureInfo.InvariantCulture));

    /// <summary>A range of amounts.</summary>
    public static string Amounts(PlanRange range, string currency) => $"{Joined(range, Amount)} {currency}";

    /// <summary>An amount to two figures that matter.</summary>
    public static string Amount(double amount) => amount switch
    {
        0 => "0",
        < 0.01 => amount.ToString("G2", CultureInfo.InvariantCulture),
        < 1 => amount.ToString("0.000", CultureInfo.InvariantCulture),
        _ => amount.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>What ends a study, in words.</summary>
    public static string Words(StudyStopReason reason) => reason switch
    {
        StudyStopReason.Trials => "its number of trials",
        StudyStopReason.Failures => "its limit on failures",
        StudyStopReason.Time => "its limit on time",
        StudyStopReason.Cost => "its limit on cost",
        StudyStopReason.Exhausted => "the end of the space: all was tried",
        _ => Terminal.Words.Of(reason),
    };

    private static string Joined(PlanRange range, Func<double, string> show)
    {
        var (low, median, high) = (show(range.Low), show(range.Median), show(range.High));
        return low == high ? median : $"{low} – {median} – {high}";
    }
}
