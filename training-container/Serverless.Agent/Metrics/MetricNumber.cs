using System.Globalization;

namespace Serverless.Agent.Metrics;

/// <summary>Reads numbers as programs print them: <c>1e-3</c>, <c>nan</c>, <c>-inf</c>.</summary>
internal static class MetricNumber
{
    /// <summary>The number, or null.</summary>
    public static double? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var bare = text.TrimStart("+-");
        if (bare.Equals("nan", StringComparison.OrdinalIgnoreCase))
            return double.NaN;
        if (bare.Equals("inf", StringComparison.OrdinalIgnoreCase) || bare.Equals("infinity", StringComparison.OrdinalIgnoreCase))
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }
}
