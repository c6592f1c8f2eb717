using System.Globalization;
using Serverless.Training.Tables;

namespace Serverless.Training.Sequences;

/// <summary>Texts and the texts that are to be written for them, as numbers of words.</summary>
/// <param name="Source">The words that are read; learnt from the rows to learn from, as those of <paramref name="Target"/>.</param>
/// <param name="Target">The words that are written.</param>
/// <param name="Read">Each row's text to read.</param>
/// <param name="Write">Each row's text to write, with its end.</param>
/// <param name="Learn">The rows to learn from.</param>
/// <param name="Validate">The rows to choose the best epoch by.</param>
/// <param name="Held">The rows put aside for the end.</param>
internal sealed record TextPairs(Vocabulary Source, Vocabulary Target, IReadOnlyList<int[]> Read, IReadOnlyList<int[]> Write, int[] Learn, int[] Validate, int[] Held)
{
    /// <summary>Divides and numbers.</summary>
    /// <param name="rows">Both texts of each row.</param>
    /// <param name="limits">What is taken of the texts that are read.</param>
    /// <param name="maxWritten">So many words are written at most, the end among them.</param>
    /// <param name="holdout">The share to put aside for the end.</param>
    /// <param name="validation">The share of the rest to choose the best epoch by.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="DataException">No word is left.</exception>
    public static TextPairs Of(IReadOnlyList<string[]> rows, TextLimits limits, int maxWritten, double holdout, double validation, int seed)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        new Random(seed).Shuffle(order);
        var held = (int)Math.Round(rows.Count * holdout);
        var validate = (int)Math.Round((rows.Count - held) * validation);
        var learn = order[(held + validate)..];
        var source = Vocabulary.Fit(learn.Select(row => rows[row][0]), limits.MaxWords, limits.MinCount);
        var target = Vocabulary.Fit(learn.Select(row => rows[row][1]), limits.MaxWords, limits.MinCount);
        if (source.Words.Count == 0 || target.Words.Count == 0)
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"No word comes {limits.MinCount} times in the texts to learn from. Give a smaller --min-count, or more texts."));
        return new(source, target, [.. rows.Select(row => source.Encode(row[0], limits.MaxLength))], [.. rows.Select(row => target.EncodeTarget(row[1], maxWritten))], learn, order[held..(held + validate)], order[..held]);
    }
}
