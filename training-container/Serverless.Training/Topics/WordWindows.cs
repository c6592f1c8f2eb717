namespace Serverless.Training.Topics;

/// <summary>
/// In how many windows words are, alone and in pairs: a window of some words slides over each document one word at a time, and each word counts once a window. A document that
/// is shorter than the window is one.
/// </summary>
internal sealed class WordWindows
{
    private readonly Dictionary<int, long> single = [];
    private readonly Dictionary<(int, int), long> pairs = [];

    private WordWindows()
    {
    }

    /// <summary>All windows.</summary>
    public long Count { get; private set; }

    /// <summary>Windows with a word.</summary>
    public long With(int word) => single.GetValueOrDefault(word);

    /// <summary>Windows with both words.</summary>
    public long With(int first, int second) => first == second ? With(first) : pairs.GetValueOrDefault((Math.Min(first, second), Math.Max(first, second)));

    /// <summary>Counts.</summary>
    /// <param name="documents">Each document's words in order.</param>
    /// <param name="window">Words of a window.</param>
    /// <param name="watched">The words that are counted.</param>
    public static WordWindows Of(IEnumerable<IReadOnlyList<int>> documents, int window, IReadOnlySet<int> watched)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var counts = new WordWindows();
        foreach (var document in documents.Where(document => document.Count > 0))
            counts.Add(document, window, watched);
        return counts;
    }

    private void Add(IReadOnlyList<int> document, int window, IReadOnlySet<int> watched)
    {
        var inside = new SortedDictionary<int, int>();
        for (var end = 0; end < document.Count; end++)
        {
            if (watched.Contains(document[end]))
                inside[document[end]] = inside.GetValueOrDefault(document[end]) + 1;
            if (end >= window && watched.Contains(document[end - window]) && --inside[document[end - window]] == 0)
                inside.Remove(document[end - window]);
            if (end + 1 >= Math.Min(window, document.Count))
                CountOne([.. inside.Keys]);
        }
    }

    private void CountOne(int[] words)
    {
        Count++;
        for (var i = 0; i < words.Length; i++)
        {
            single[words[i]] = single.GetValueOrDefault(words[i]) + 1;
            for (var j = i + 1; j < words.Length; j++)
                pairs[(words[i], words[j])] = pairs.GetValueOrDefault((words[i], words[j])) + 1;
        }
    }
}
