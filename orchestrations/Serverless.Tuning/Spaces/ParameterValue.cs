using System.Globalization;
using System.Text.Json.Serialization;

namespace Serverless.Tuning.Spaces;

/// <summary>A value of a parameter: a number, a text or a truth value. In JSON it is the bare scalar.</summary>
[JsonConverter(typeof(ParameterValueConverter))]
public readonly record struct ParameterValue
{
    /// <summary>The largest magnitude up to which every whole number has a value of its own: 2⁵³.</summary>
    public const long LargestWhole = 1L << 53;

    private ParameterValue(ValueKind kind, double number, string? text) => (Kind, Number, Text) = (kind, number, text);

    /// <summary>Which of the three it is.</summary>
    public ValueKind Kind { get; }

    /// <summary>The number; 1 and 0 for true and false; 0 for a text.</summary>
    public double Number { get; }

    /// <summary>The text; null for what is not one.</summary>
    public string? Text { get; }

    /// <summary>A number as a value.</summary>
    public static implicit operator ParameterValue(double value) => new(ValueKind.Number, value, null);

    /// <summary>A text as a value.</summary>
    public static implicit operator ParameterValue(string value) => new(ValueKind.Text, 0, value);

    /// <summary>A truth value as a value.</summary>
    public static implicit operator ParameterValue(bool value) => new(ValueKind.Flag, value ? 1 : 0, null);

    /// <summary>As a program gets it on its command line: a whole number without a fraction, another number so that it reads back exactly, <c>true</c> or <c>false</c>.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Text => Text!,
        ValueKind.Flag => Number == 0 ? "false" : "true",
        ValueKind.Number when Math.Abs(Number) < LargestWhole && Number == Math.Floor(Number) => ((long)Number).ToString(CultureInfo.InvariantCulture),
        ValueKind.Number => Number.ToString("R", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A value has the unknown kind '{Kind}'. Make values from numbers, texts and truth values."),
    };
}
