using System.Text;

namespace Serverless.Core.Documents.Rows;

/// <summary>
/// What a row store need not take: the bounds of Azure's table service (1 MiB a row, 64 KiB a property, 1 KiB a key, 100 changes and 4 MiB a transaction),
/// a little tightened. <see cref="RowDocumentStore"/> keeps within them.
/// </summary>
public static class RowRules
{
    /// <summary>Most bytes of a piece.</summary>
    public const int MaxPieceBytes = 63 * 1024;

    /// <summary>Most pieces of a row: together 756 KiB, which leaves room for texts and names.</summary>
    public const int MaxPieces = 12;

    /// <summary>Most characters of a text (it is stored as UTF-16).</summary>
    public const int MaxTextLength = 32 * 1024;

    /// <summary>Most characters of all texts of a row.</summary>
    public const int MaxTextsLength = 100 * 1024;

    /// <summary>Most characters of a partition's name or a key.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>Most changes at once.</summary>
    public const int MaxChanges = 100;

    /// <summary>Bytes as pieces.</summary>
    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> bytes)
    {
        var pieces = new List<byte[]>();
        for (var at = 0; at < bytes.Length; at += MaxPieceBytes)
            pieces.Add(bytes.Slice(at, Math.Min(MaxPieceBytes, bytes.Length - at)).ToArray());
        return pieces;
    }

    /// <summary>Pieces as bytes.</summary>
    public static byte[] Join(IEnumerable<byte[]> pieces) => [.. pieces.SelectMany(piece => piece)];

    /// <summary>What is wrong with a change; null: nothing. For adapters' and fakes' own checks.</summary>
    public static string? Check(string partition, RowChange change)
    {
        if (!IsKey(partition) || !IsKey(change.Key))
            return $"The key '{partition}'/'{change.Key}' is empty, too long, or has a character that keys may not have.";
        var row = change switch
        {
            RowChange.Insert insert => insert.Row,
            RowChange.Replace replace => replace.Row,
            RowChange.Put put => put.Row,
            _ => null,
        };
        if (row is null)
            return null;
        if (row.Partition != partition)
            return $"The row lies in '{row.Partition}', not in '{partition}'.";
        if (row.Texts.Values.Any(text => text.Length > MaxTextLength) || row.Texts.Values.Sum(text => text.Length) > MaxTextsLength)
            return $"A text is longer than {MaxTextLength} characters, or all are longer than {MaxTextsLength}.";
        return row.Pieces.Count > MaxPieces || row.Pieces.Any(piece => piece.Length > MaxPieceBytes)
            ? $"There are more than {MaxPieces} pieces, or one is larger than {MaxPieceBytes} bytes."
            : null;
    }

    /// <summary>
    /// A text as a part of a key: ASCII letters, digits, <c>-</c> and <c>_</c> stay, every other UTF-16 unit becomes <c>=</c> and four hexadecimal digits; what would become longer than
    /// 256 characters becomes <c>=~</c> and its SHA-256. No two texts give the same.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                escaped.Append(c);
            else
                escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"={(int)c:x4}");
        }

        return escaped.Length <= 256 ? escaped.ToString() : $"=~{Hash(text)}";
    }

    /// <summary>The SHA-256 of a text's UTF-16 units, in lower-case hexadecimal.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan())));

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= MaxKeyLength && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '!' or '=' or '~');
}
