using System.Text;

namespace Serverless.Training.Tables;

/// <summary>What means that a value is missing, compared without regard to case.</summary>
internal sealed class MissingMarks
{
    private static readonly string[] Common = ["", "?", "NA", "N/A", "NaN", "null", "none"];
    private readonly HashSet<string> marks;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly int longestBytes;

    /// <summary>The common marks and some more.</summary>
    public MissingMarks(IEnumerable<string> more)
    {
        marks = new([.. Common, .. more.Select(mark => mark.Trim())], StringComparer.OrdinalIgnoreCase);
        lookup = marks.GetAlternateLookup<ReadOnlySpan<char>>();
        longestBytes = marks.Max(mark => Encoding.UTF8.GetMaxByteCount(mark.Length));
    }

    /// <summary>All marks.</summary>
    public IReadOnlySet<string> All => marks;

    public bool Contains(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
            return true;
        if (field.Length > longestBytes || (field.Length <= 2 && field[0] is >= (byte)'0' and <= (byte)'9' && marks.Count == Common.Length))
            return false;
        Span<char> text = stackalloc char[field.Length];
        return lookup.Contains(text[..Encoding.UTF8.GetChars(field, text)]);
    }
}
