using System.Text;
using System.Text.Json;

namespace Serverless.Contracts.Prices;

/// <summary>
/// The price file: a JSON array of <see cref="PricedSize"/>, one row a line, so that a change can be reviewed. Hosts read it and the command line writes it, both by this and nothing else:
/// what is written is read, and what cannot be read is not written.
/// </summary>
public static class PriceList
{
    /// <summary>Most bytes of a file: some 15,000 rows, and Azure has under 1,000 sizes.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Reads a file's content.</summary>
    /// <exception cref="FormatException">It is none; the message is the first thing that is wrong, with the row's number, counted from 1.</exception>
    public static IReadOnlyList<PricedSize> Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
            throw new FormatException($"It has {json.Length} bytes; the limit is {MaxBytes}.");
        try
        {
            return Checked(JsonSerializer.Deserialize(json, PricesJson.Default.PriceRows) ?? []);
        }
        catch (JsonException failed)
        {
            throw new FormatException(failed.Message, failed);
        }
    }

    /// <summary>The content of a file of these rows.</summary>
    /// <exception cref="FormatException">They could not be read again.</exception>
    public static string Format(IReadOnlyList<PricedSize> rows)
    {
        var text = new StringBuilder("[\n");
        for (var i = 0; i < rows.Count; i++)
        {
            var line = JsonSerializer.Serialize([rows[i]], PricesJson.Default.PriceRows);
            text.Append("  ").Append(line, 1, line.Length - 2).Append(i < rows.Count - 1 ? ",\n" : "\n");
        }

        var json = text.Append("]\n").ToString();
        Parse(Encoding.UTF8.GetBytes(json));
        return json;
    }

    private static IReadOnlyList<PricedSize> Checked(IReadOnlyList<PricedSize?> rows)
    {
        if (rows.Count == 0)
            throw new FormatException("It has no rows.");
        var seen = new Dictionary<(string, string), int>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (Error(rows[i]) is { } error)
                throw new FormatException($"Row {i + 1} {error}");
            if (!seen.TryAdd((rows[i]!.Size, rows[i]!.Region), i))
                throw new FormatException($"Row {i + 1} is of the same size and region as row {seen[(rows[i]!.Size, rows[i]!.Region)] + 1}.");
        }

        return rows!;
    }

    private static string? Error(PricedSize? row) => row switch
    {
        null => "is null.",
        { Size: "" } or { Region: "" } or { Source: "" } => "has no size, no region or no source.",
        { VCpus: < 1 } => $"has {row.VCpus} vCPUs.",
        { MemoryGiB: not (> 0 and < 1 << 20) } => FormattableString.Invariant($"has {row.MemoryGiB} GiB of memory."),
        { GpuCount: < 0 } => $"has {row.GpuCount} GPUs.",
        { PricePerHour: <= 0 } or { SpotPricePerHour: <= 0 } => "has a price that is not above 0.",
        { Currency.Length: not 3 } => "has no currency of three letters.",
        _ when (row.Gpu is null) != (row.GpuCount == 0) => "says either what GPUs it has or how many, and not the other.",
        _ => null,
    };
}
