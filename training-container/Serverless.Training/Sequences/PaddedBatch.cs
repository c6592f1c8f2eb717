namespace Serverless.Training.Sequences;

/// <summary>Texts of different lengths as one matrix.</summary>
/// <param name="Rows">The texts.</param>
/// <param name="Width">The longest one's length.</param>
/// <param name="Ids">The numbers row by row; short ones end with <see cref="Vocabulary.Padding"/>.</param>
/// <param name="Lengths">How long each is.</param>
internal sealed record PaddedBatch(int Rows, int Width, long[] Ids, long[] Lengths)
{
    /// <summary>Pads texts to the longest of them.</summary>
    public static PaddedBatch Of(IReadOnlyList<int[]> texts)
    {
        var width = texts.Count == 0 ? 0 : texts.Max(text => text.Length);
        var ids = new long[texts.Count * width];
        for (var row = 0; row < texts.Count; row++)
            for (var i = 0; i < texts[row].Length; i++)
                ids[row * width + i] = texts[row][i];
        return new(texts.Count, width, ids, [.. texts.Select(text => (long)text.Length)]);
    }
}
