using System.Text;

namespace Serverless.Training.Tables;

/// <summary>Numbers the distinct texts of a column, 0, 1, 2, … in the order in which they come.</summary>
internal sealed class TextCodes
{
    /// <summary>A value that is not there.</summary>
    public const int Missing = -1;

    /// <summary>A text beyond the limit, or one that was never numbered.</summary>
    public const int Unseen = -2;

    private const int MaxTexts = 200_000;
    private const int OnStack = 256;
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<string> texts = [];

    public TextCodes() => lookup = codes.GetAlternateLookup<ReadOnlySpan<char>>();

    public IReadOnlyList<string> Texts => texts;

    public int Of(ReadOnlySpan<byte> field)
    {
        var letters = field.Length <= OnStack ? stackalloc char[OnStack] : new char[field.Length];
        var text = letters[..Encoding.UTF8.GetChars(field, letters)];
        if (lookup.TryGetValue(text, out var code))
            return code;
        if (texts.Count == MaxTexts)
            return Unseen;
        texts.Add(text.ToString());
        codes.Add(texts[^1], texts.Count - 1);
        return texts.Count - 1;
    }
}
