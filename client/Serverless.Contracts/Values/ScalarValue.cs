using System.Globalization;
using System.Text.Json.Serialization;

namespace Serverless.Contracts.Values;

/// <summary>A number, a text or a truth value; in JSON the bare scalar.</summary>
[JsonConverter(typeof(ScalarValueConverter))]
public readonly record struct ScalarValue
{
    private ScalarValue(double? number, string? text, bool? flag) => (Number, Text, Flag) = (number, text, flag);

    /// <summary>The number; null when it is none.</summary>
    public double? Number { get; }

    /// <summary>The text; null when it is none.</summary>
    public string? Text { get; }

    /// <summary>The truth value; null when it is none.</summary>
    public bool? Flag { get; }

    /// <summary>A number.</summary>
    public static implicit operator ScalarValue(double value) => new(value, null, null);

    /// <summary>A text.</summary>
    public static implicit operator ScalarValue(string value) => new(null, value, null);

    /// <summary>A truth value.</summary>
    public static implicit operator ScalarValue(bool value) => new(null, null, value);

    /// <summary>As a program gets it: a whole number without a fraction, another so that it reads back exactly, <c>true</c> or <c>false</c>.</summary>
    public override string ToString() =>
        Text ?? (Flag is { } flag ? (flag ? "true" : "false") : Number is { } number ? Write(number) : "");

    private static string Write(double number) =>
        Math.Abs(number) < 1L << 53 && number == Math.Floor(number)
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
}
