namespace Serverless.Training.Sequences;

/// <summary>
/// Cuts a text into words exactly as the model's graph does by ONNX operators: A–Z in lower case (<c>StringNormalizer</c> in the locale "C"), then cut at blanks
/// (<c>StringSplit</c> without a delimiter, for which ONNX Runtime takes the blank alone: a tab or a line's end is part of a word). Nothing else: what ONNX cannot say would make training and
/// prediction drift apart.
/// </summary>
internal static class TextTokens
{
    /// <summary>Marks that stand before a word.</summary>
    public static readonly IReadOnlyList<string> Before = ["(", "\"", "'", "[", "*"];

    /// <summary>Marks that stand behind a word, and the usual pairs of them.</summary>
    public static readonly IReadOnlyList<string> Behind = [".", ",", "!", "?", ";", ":", ")", "\"", "'", "]", "*", ".\"", ",\"", "!!", "...", ").", "),", "\n", ".\n", "\r\n", ".\r\n"];

    private const string Marks = ".,!?;:()\"'[]*\t\n\v\f\r";

    /// <summary>The words in order.</summary>
    public static string[] Of(string text) =>
        string.Create(text.Length, text, static (lower, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                lower[i] = source[i] is >= 'A' and <= 'Z' ? (char)(source[i] | ' ') : source[i];
        }).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A word without the marks around it, by which the forms of a word count together; the word itself when nothing else would be left.</summary>
    public static string Core(string word) => word.AsSpan().Trim(Marks).ToString() is { Length: > 0 } core ? core : word;
}
