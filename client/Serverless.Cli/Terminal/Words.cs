using System.Globalization;

namespace Serverless.Cli.Terminal;

/// <summary>Values in words.</summary>
internal static class Words
{
    /// <summary>Bytes with a unit, powers of 1,000.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>A length of time with the unit that suits it.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        < 3_600 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>A point in time, in UTC, to the second.</summary>
    public static string Date(DateTimeOffset? at) => at is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "-";

    /// <summary>A time of day, in UTC.</summary>
    public static string Clock(DateTimeOffset? at) => at is { } time ? time.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "-";

    /// <summary>A number with at most so many digits that matter.</summary>
    public static string Number(double value, int digits = 6) => value.ToString($"G{digits}", CultureInfo.InvariantCulture);

    /// <summary>A whole number with separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An amount of money; small amounts keep two digits that matter.</summary>
    public static string Money(decimal amount, string currency)
    {
        var digits = amount switch { > 0 and < 0.01m => "0.00####", < 10m => "0.00##", _ => "0.00" };
        return $"{amount.ToString(digits, CultureInfo.InvariantCulture)} {currency}";
    }

    /// <summary>The first digits of a hash, as many as name it.</summary>
    public static string Short(string sha256) => sha256.Length > 12 ? sha256[..12] : sha256;

    /// <summary>Metrics in one line.</summary>
    public static string Metrics(IReadOnlyDictionary<string, double> metrics, int digits = 6) =>
        string.Join(' ', metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => $"{metric.Key}={Number(metric.Value, digits)}"));

    /// <summary>A member of an enumeration as it goes over the wire.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
