using System.Text;
using Serverless.Cli.Shell;

namespace Serverless.Cli.Demo;

/// <summary>The digits in two parts: what is uploaded, and every fifth row, which nobody sees until the end.</summary>
/// <param name="Upload">CSV with the header and the label.</param>
/// <param name="UploadRows">Its rows.</param>
/// <param name="Aside">CSV with the header, without the label.</param>
/// <param name="Truth">The labels of the rows put aside.</param>
internal sealed record DigitsSplit(byte[] Upload, int UploadRows, byte[] Aside, IReadOnlyList<string> Truth)
{
    private const int Every = 5;

    /// <summary>Divides a CSV text whose last column is the label; no value has a quote or comma.</summary>
    public static DigitsSplit Of(string csv)
    {
        var lines = csv.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2 * Every || !lines[0].EndsWith(",label", StringComparison.Ordinal))
            throw CliException.Failed("The sample digits.csv is not the one that the demo knows: a header whose last column is 'label', then rows.", "Get samples/digits.csv anew.");
        var rows = lines.Skip(1).ToList();
        var aside = rows.Where((_, i) => i % Every == Every - 1).ToList();
        var upload = rows.Where((_, i) => i % Every != Every - 1).ToList();
        return new DigitsSplit(
            Text([lines[0], .. upload]),
            upload.Count,
            Text([WithoutLast(lines[0]), .. aside.Select(WithoutLast)]),
            [.. aside.Select(row => row[(row.LastIndexOf(',') + 1)..])]);
    }

    /// <summary>The header and the first of the rows put aside.</summary>
    public byte[] First() => Text(Encoding.UTF8.GetString(Aside).Split('\n')[..2]);

    private static string WithoutLast(string row) => row[..row.LastIndexOf(',')];

    private static byte[] Text(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
