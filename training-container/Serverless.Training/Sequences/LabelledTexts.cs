using System.Globalization;
using Serverless.Training.Labels;
using Serverless.Training.Splits;
using Serverless.Training.Tables;

namespace Serverless.Training.Sequences;

/// <summary>Texts with their classes, as numbers of words.</summary>
/// <param name="Vocabulary">The words; learnt from the rows to learn from.</param>
/// <param name="Labels">The classes.</param>
/// <param name="Ids">Each text's words.</param>
/// <param name="Classes">Each text's class.</param>
/// <param name="Learn">The texts to learn from.</param>
/// <param name="Validate">The texts to choose the best epoch by.</param>
/// <param name="Held">The texts put aside for the end.</param>
internal sealed record LabelledTexts(Vocabulary Vocabulary, LabelSet Labels, IReadOnlyList<int[]> Ids, int[] Classes, IReadOnlyList<int> Learn, IReadOnlyList<int> Validate, IReadOnlyList<int> Held)
{
    /// <summary>Divides and numbers.</summary>
    /// <param name="rows">Text and class of each row.</param>
    /// <param name="target">The column of classes, for messages.</param>
    /// <param name="limits">What is taken of the texts.</param>
    /// <param name="holdout">The share to put aside for the end.</param>
    /// <param name="validation">The share of the rest to choose the best epoch by.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="DataException">The classes cannot be told apart.</exception>
    public static LabelledTexts Of(IReadOnlyList<string[]> rows, string target, TextLimits limits, double holdout, double validation, int seed)
    {
        var codes = new TextCodes();
        int[] classes = [.. rows.Select(row => codes.Of(System.Text.Encoding.UTF8.GetBytes(row[1].Trim())))];
        var labels = LabelSet.Of(target, codes, rows.Count);
        labels.Apply(classes);
        var (rest, held) = StratifiedSplit.Split(classes, labels.Names.Count, holdout, new Random(seed));
        var (learn, validate) = StratifiedSplit.Split([.. rest.Select(row => classes[row])], labels.Names.Count, validation, new Random(seed + 1));
        int[] own = [.. learn.Select(place => rest[place])];
        var vocabulary = Vocabulary.Fit(own.Select(row => rows[row][0]), limits.MaxWords, limits.MinCount);
        if (vocabulary.Words.Count == 0)
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"No word comes {limits.MinCount} times in the texts to learn from. Give a smaller --min-count, or more texts."));
        return new(vocabulary, labels, [.. rows.Select(row => vocabulary.Encode(row[0], limits.MaxLength))], classes, own, [.. validate.Select(place => rest[place])], held);
    }
}
