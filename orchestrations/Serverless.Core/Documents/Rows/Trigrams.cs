using System.Globalization;

namespace Serverless.Core.Documents.Rows;

/// <summary>Finds any part of a name or id by its sequences of three UTF-16 units. Letters count without regard to case in ASCII only.</summary>
public static class Trigrams
{
    /// <summary>Shortest part that trigrams can find.</summary>
    public const int MinLength = 3;

    /// <summary>Most trigrams of a part that are looked up: a few narrow well, and the rest is checked in what they find.</summary>
    public const int MaxSought = 4;

    /// <summary>All trigrams of some texts, each once, as 12 hexadecimal digits.</summary>
    public static IReadOnlySet<string> Of(params ReadOnlySpan<string> texts)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            for (var at = 0; at + MinLength <= text.Length; at++)
                found.Add(Hex(text.AsSpan(at, MinLength)));
        }

        return found;
    }

    /// <summary>The trigrams by which a part is looked up: first, last, and some between; none when it is shorter than three.</summary>
    public static IReadOnlyList<string> Sought(string part)
    {
        var last = part.Length - MinLength;
        if (last < 0)
            return [];
        var places = Enumerable.Range(0, MaxSought).Select(i => (int)((long)last * i / (MaxSought - 1)));
        return [.. places.Select(at => Hex(part.AsSpan(at, MinLength))).Distinct()];
    }

    /// <summary>Whether a name or id has a part.</summary>
    public static bool Contains(string name, string id, string part) => Lower(name).Contains(Lower(part), StringComparison.Ordinal) || Lower(id).Contains(Lower(part), StringComparison.Ordinal);

    private static string Hex(ReadOnlySpan<char> three) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)Lower(three[0]):x4}{(int)Lower(three[1]):x4}{(int)Lower(three[2]):x4}");

    private static string Lower(string text) => string.Create(text.Length, text, (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = Lower(source[i]);
    });

    private static char Lower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
}
