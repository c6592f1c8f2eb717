using System.Globalization;
using Serverless.Contracts.Jobs;

namespace Serverless.Cli.Jobs;

/// <summary>Parts of a job as they are typed. Each throws <see cref="FormatException"/> with the cure for another form.</summary>
internal static class JobTexts
{
    /// <summary><c>NAME=REGEX</c>; the first <c>=</c> divides them.</summary>
    public static MetricSpec Metric(string text)
    {
        var (name, pattern) = Divide(text, "Write a name, '=' and a regular expression whose first group is the number: 'loss=loss: ([0-9.]+)'.");
        return pattern.Length > 0 ? new MetricSpec(name, pattern) : throw new FormatException("The regular expression is empty. Write one whose first group is the number: 'loss=loss: ([0-9.]+)'.");
    }

    /// <summary><c>NAME=TAG</c>; the first <c>=</c> divides them.</summary>
    public static MetricSpec Tagged(string text)
    {
        var (name, tag) = Divide(text, "Write a name, '=' and the scalar's tag: 'accuracy=eval/accuracy'.");
        return tag.Length > 0 ? new MetricSpec(name) { Tag = tag } : throw new FormatException("The tag is empty. Write it as the program does: 'accuracy=eval/accuracy'.");
    }

    /// <summary><c>CHANNEL=DATASET[@VERSION][:PATH]</c>; in a trigger also <c>CHANNEL</c> alone, for the data that landed.</summary>
    public static InputSpec Input(string text, bool forTrigger)
    {
        if (forTrigger && !text.Contains('='))
            return new InputSpec { Channel = text };
        var (channel, source) = Divide(text, "Write a channel, '=' and a data set: 'train=digits', 'train=digits@3fa1b2c4:data/train'.");
        var colon = source.IndexOf(':');
        var dataset = colon < 0 ? source : source[..colon];
        return dataset.Length > 0
            ? new InputSpec { Channel = channel, Dataset = dataset, Path = colon < 0 ? null : source[(colon + 1)..] }
            : throw new FormatException("The data set is empty. Write 'train=digits'.");
    }

    /// <summary><c>NAME=VALUE</c>; the value may be empty.</summary>
    public static KeyValuePair<string, string> Variable(string text)
    {
        var (name, value) = Divide(text, "Write a name, '=' and a value: 'SEED=7'.");
        return new KeyValuePair<string, string>(name, value);
    }

    /// <summary><c>NAME=REF</c>: the variable and the name of the secret that it stands for.</summary>
    public static KeyValuePair<string, string> Secret(string text)
    {
        const string cure = "Write a variable's name, '=' and the name that the secret has in the host's store, never the secret itself: 'DB_PASSWORD=db-password'.";
        var (name, reference) = Divide(text, cure);
        return reference.Length > 0 ? new KeyValuePair<string, string>(name, "secret://" + reference) : throw new FormatException(cure);
    }

    /// <summary><c>none</c> or <c>internet</c>.</summary>
    public static JobNetwork Network(string text) => text switch
    {
        "none" => JobNetwork.None,
        "internet" => JobNetwork.Internet,
        _ => throw new FormatException("Write 'none' or 'internet'."),
    };

    /// <summary>Seconds: <c>90</c>, <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>1d</c>.</summary>
    public static int Seconds(string text)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        var digits = unit == 0 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100_000_000 && number * Math.Max(1, unit) is <= int.MaxValue and var seconds
            ? (int)seconds
            : throw new FormatException("Write a whole number with s, m, h or d: '90s', '15m', '2h', '1d'.");
    }

    /// <summary><c>TYPE:COUNT</c>, or <c>TYPE</c> for one.</summary>
    public static GpuSpec Gpu(string text)
    {
        var parts = text.Split(':');
        var count = 1;
        var isCount = parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count));
        return isCount && count > 0 && parts[0].Trim() is { Length: > 0 } type
            ? new GpuSpec(type.ToLowerInvariant(), count)
            : throw new FormatException("Write a type, ':' and how many: 't4:1', 'a100:2'.");
    }

    /// <summary>Memory with a binary unit: <c>512MiB</c>, <c>16GiB</c>, <c>1.5TiB</c>; <c>16g</c> is 16 GiB.</summary>
    public static long Memory(string text)
    {
        var digits = text.TrimEnd('M', 'G', 'T', 'm', 'g', 't', 'i', 'I', 'b', 'B').Trim();
        var unit = text[digits.Length..].Trim().ToLowerInvariant() switch { "m" or "mib" => 1L << 20, "g" or "gib" => 1L << 30, "t" or "tib" => 1L << 40, _ => 0 };
        return unit > 0 && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000
            ? (long)(number * unit)
            : throw new FormatException("Write a number and MiB, GiB or TiB: '16GiB'.");
    }

    /// <summary>An amount of money above 0, without a currency.</summary>
    public static decimal Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0
            ? amount
            : throw new FormatException("Write an amount above 0 in the currency of the machine's price: '2.50'.");

    private static (string Name, string Value) Divide(string text, string cure)
    {
        var equals = text.IndexOf('=');
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..]) : throw new FormatException(cure);
    }
}
