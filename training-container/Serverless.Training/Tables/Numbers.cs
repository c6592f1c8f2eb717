using System.Globalization;

namespace Serverless.Training.Tables;

/// <summary>Numbers in tables: a decimal point, an exponent if need be.</summary>
internal static class Numbers
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number as the model will see it. What 32-bit floating point cannot hold becomes NaN, which means missing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out float value)
    {
        // Most numbers in tables are small and whole.
        if (text.Length is 1 or 2 && text[0] - '0' is >= 0 and <= 9 and var tens && (text.Length == 1 || text[1] - '0' is >= 0 and <= 9))
        {
            value = text.Length == 1 ? tens : tens * 10 + (text[1] - '0');
            return true;
        }

        var read = double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number);
        value = float.IsFinite((float)number) ? (float)number : float.NaN;
        return read;
    }
}
