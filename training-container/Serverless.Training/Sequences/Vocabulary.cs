namespace Serverless.Training.Sequences;

/// <summary>The words of a text model, numbered. Forms of a word with marks around it (<c>"word,"</c>) share its number: the graph can only look up whole words.</summary>
internal sealed class Vocabulary
{
    /// <summary>Fills up short texts.</summary>
    public const int Padding = 0;

    /// <summary>A word that is not in the vocabulary.</summary>
    public const int Unknown = 1;

    /// <summary>Stands before every text, so that none is empty.</summary>
    public const int Begin = 2;

    /// <summary>Stands behind a text that a model is to write.</summary>
    public const int End = 3;

    /// <summary>Numbers that are no words.</summary>
    public const int Reserved = 4;

    private readonly Dictionary<string, int> idOfForm;

    private Vocabulary(IReadOnlyList<string> words, Dictionary<string, int> idOfForm) => (Words, this.idOfForm) = (words, idOfForm);

    /// <summary>The words: number <see cref="Reserved"/>, <see cref="Reserved"/> + 1, …, the most frequent first.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>All numbers, the reserved ones included.</summary>
    public int Size => Words.Count + Reserved;

    /// <summary>Every form that has a number, for the graph's look-up.</summary>
    public IReadOnlyDictionary<string, int> Forms => idOfForm;

    /// <summary>Learns the words of some texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maxWords">The greatest number of words; the most frequent stay, of equally frequent ones the first by their characters.</param>
    /// <param name="minCount">A word that comes less often is unknown: nothing could be learnt of it.</param>
    public static Vocabulary Fit(IEnumerable<string> texts, int maxWords, int minCount)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var form in texts.SelectMany(TextTokens.Of))
        {
            forms.Add(form);
            var core = TextTokens.Core(form);
            counts[core] = counts.GetValueOrDefault(core) + 1;
        }

        var words = counts.Where(pair => pair.Value >= minCount).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(maxWords).Select(pair => pair.Key);
        return Of([.. words], forms);
    }

    /// <summary>The vocabulary of some words, and the forms of them that were seen.</summary>
    public static Vocabulary Of(IReadOnlyList<string> words, IEnumerable<string> seenForms)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
            ids[words[i]] = i + Reserved;
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var mark in TextTokens.Before)
                ids.TryAdd(mark + words[i], i + Reserved);
            foreach (var mark in TextTokens.Behind)
                ids.TryAdd(words[i] + mark, i + Reserved);
        }

        foreach (var form in seenForms)
            if (ids.TryGetValue(TextTokens.Core(form), out var id))
                ids.TryAdd(form, id);
        return new(words, ids);
    }

    /// <summary>A text's numbers: <see cref="Begin"/>, then its words, at most <paramref name="maxLength"/> numbers in all.</summary>
    public int[] Encode(string text, int maxLength) =>
        [Begin, .. TextTokens.Of(text).Take(maxLength - 1).Select(form => idOfForm.GetValueOrDefault(form, Unknown))];

    /// <summary>A text to be written: its words, then <see cref="End"/>, at most <paramref name="maxLength"/> numbers in all.</summary>
    public int[] EncodeTarget(string text, int maxLength) =>
        [.. TextTokens.Of(text).Take(maxLength - 1).Select(form => idOfForm.GetValueOrDefault(form, Unknown)), End];

    /// <summary>The words of numbers, up to <see cref="End"/>; reserved numbers are passed over.</summary>
    public string Decode(IEnumerable<int> ids) =>
        string.Join(' ', ids.TakeWhile(id => id != End).Where(id => id >= Reserved && id < Size).Select(id => Words[id - Reserved]));
}
