using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Prices;

namespace Serverless.Cli.Offers;

/// <summary>The price file on the disk; <see cref="PriceList"/> is its form, which hosts read as well.</summary>
internal static class PriceRows
{
    /// <summary>The file's rows; those that are part of this program when there is no such file.</summary>
    public static IReadOnlyList<PricedSize> Read(string path)
    {
        if (!File.Exists(path))
            return BuiltIn();
        if (new FileInfo(path).Length > PriceList.MaxBytes)
            throw CliException.Usage($"{SafeText.Quote(path)} has more than {PriceList.MaxBytes} bytes.", "Name the price file.");
        try
        {
            return PriceList.Parse(File.ReadAllBytes(path));
        }
        catch (FormatException failed)
        {
            throw CliException.Usage($"{SafeText.Quote(path)} is no price file: {failed.Message}", "Name the price file, or one that is not there yet.");
        }
    }

    /// <summary>Writes it, whole or not at all.</summary>
    public static void Write(string path, IReadOnlyList<PricedSize> rows)
    {
        var temporary = path + ".new";
        File.WriteAllText(temporary, Format(rows));
        File.Move(temporary, path, overwrite: true);
    }

    private static string Format(IReadOnlyList<PricedSize> rows)
    {
        try
        {
            return PriceList.Format(rows);
        }
        catch (FormatException failed)
        {
            throw CliException.Failed($"What was read makes no price file: {failed.Message}", "Nothing was changed. Look at what the price list answers.");
        }
    }

    private static IReadOnlyList<PricedSize> BuiltIn()
    {
        using var file = typeof(PriceRows).Assembly.GetManifestResourceStream("azure-sizes.json")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return PriceList.Parse(bytes);
    }
}
