using System.Globalization;
using Serverless.Training.Sequences;
using Serverless.Training.Tables;

namespace Serverless.Training.Topics;

/// <summary>Documents as words that a topic model counts.</summary>
/// <param name="Words">The vocabulary.</param>
/// <param name="Documents">Each document's words in order, as places in the vocabulary.</param>
internal sealed record DocumentWords(IReadOnlyList<string> Words, IReadOnlyList<int[]> Documents)
{
    /// <summary>Chooses the words.</summary>
    /// <param name="texts">The documents.</param>
    /// <param name="maxWords">At most this many words, those in the most documents.</param>
    /// <param name="minDocuments">A word must be in this many documents, …</param>
    /// <param name="maxShare">… and in no more than this share of them: what is everywhere tells no topic.</param>
    /// <param name="stopWords">Words that are left out.</param>
    /// <exception cref="DataException">No word is left.</exception>
    public static DocumentWords Fit(IReadOnlyList<string> texts, int maxWords, int minDocuments, double maxShare, IReadOnlySet<string> stopWords)
    {
        var cores = texts.Select(text => TextTokens.Of(text).Select(TextTokens.Core).Where(word => word.Length > 1 && !stopWords.Contains(word) && word.Any(char.IsLetter)).ToArray()).ToList();
        var documents = cores.SelectMany(words => words.Distinct()).CountBy(word => word);
        var chosen = documents.Where(pair => pair.Value >= minDocuments && pair.Value <= maxShare * texts.Count)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(maxWords).Select(pair => pair.Key).ToList();
        if (chosen.Count == 0)
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"No word of the {texts.Count} documents is in at least {minDocuments} and at most {maxShare:P0} of them. Give a smaller --min-documents or a greater --max-share."));
        var places = chosen.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        return new(chosen, [.. cores.Select(words => words.Where(places.ContainsKey).Select(word => places[word]).ToArray())]);
    }

    /// <summary>How often each word is in a document.</summary>
    public float[] Counts(int document)
    {
        var counts = new float[Words.Count];
        foreach (var word in Documents[document])
            counts[word]++;
        return counts;
    }
}
