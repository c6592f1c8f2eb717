using System.Text;
using System.Text.Json;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;

namespace Serverless.Cli.Offers;

/// <summary>Reads and writes a price file: one row a line, so that a change can be reviewed.</summary>
internal static class PriceRows
{
    private const int MaxBytes = 4 << 20;

    /// <summary>The file's rows; those that are part of this program when there is no such file.</summary>
    public static IReadOnlyList<PriceRow> Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                return BuiltIn();
            if (new FileInfo(path).Length > MaxBytes)
                throw CliException.Usage($"{SafeText.Quote(path)} has more than {MaxBytes} bytes.", "Name the price file.");
            return Parse(File.ReadAllBytes(path));
        }
        catch (JsonException failed)
        {
            throw CliException.Usage($"{SafeText.Quote(path)} is no price file: {failed.Message}", "Name the price file, or one that is not there yet.");
        }
    }

    /// <summary>Writes it, whole or not at all.</summary>
    public static void Write(string path, IReadOnlyList<PriceRow> rows)
    {
        var text = new StringBuilder("[\n");
        for (var i = 0; i < rows.Count; i++)
        {
            var line = JsonSerializer.Serialize([rows[i]], OfferJson.Default.ListPriceRow);
            text.Append("  ").Append(line[1..^1]).Append(i < rows.Count - 1 ? ",\n" : "\n");
        }

        var temporary = path + ".new";
        File.WriteAllText(temporary, text.Append("]\n").ToString());
        File.Move(temporary, path, overwrite: true);
    }

    private static IReadOnlyList<PriceRow> BuiltIn()
    {
        using var file = typeof(PriceRows).Assembly.GetManifestResourceStream("azure-sizes.json")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Parse(bytes);
    }

    private static List<PriceRow> Parse(byte[] json) => JsonSerializer.Deserialize(json, OfferJson.Default.ListPriceRow) is { Count: > 0 } rows && rows.All(row => row is not null)
        ? rows
        : throw new JsonException("It has no rows.");
}
