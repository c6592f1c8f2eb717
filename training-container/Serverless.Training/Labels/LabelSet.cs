using System.Globalization;
using Serverless.Training.Tables;

namespace Serverless.Training.Labels;

/// <summary>The classes in the order of the model's outputs: whole numbers by value, else texts by their characters.</summary>
internal sealed class LabelSet
{
    private const int MaxClasses = 1_000;
    private readonly int[] classOfCode;

    private LabelSet(IReadOnlyList<string> names, IReadOnlyList<long>? numbers, int[] classOfCode) => (Names, Numbers, this.classOfCode) = (names, numbers, classOfCode);

    /// <summary>No classes: what is told is a number.</summary>
    public static LabelSet None { get; } = new([], null, []);

    /// <summary>The classes as text.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The classes as numbers, when all are whole numbers.</summary>
    public IReadOnlyList<long>? Numbers { get; }

    /// <summary>Replaces codes by classes.</summary>
    public void Apply(int[] codes)
    {
        for (var row = 0; row < codes.Length; row++)
            codes[row] = classOfCode[codes[row]];
    }

    /// <summary>The classes of a target column.</summary>
    /// <exception cref="DataException">There are too few or too many.</exception>
    public static LabelSet Of(string target, TextCodes codes, int rows)
    {
        var texts = codes.Texts;
        if (texts.Count == 1)
            throw new DataException($"The column '{target}' is '{texts[0]}' in every row. Give rows of at least two classes.");
        if (texts.Count > MaxClasses || (texts.Count > 50 && texts.Count > rows / 2))
            throw new DataException($"The column '{target}' has {texts.Count} different values in {rows} rows; at most {MaxClasses} classes, and two rows a class, can be told apart. Is it a number to be estimated, or a name? For a number take tabular-network with --task regression, for a name another --target.");
        var numbers = texts.Select(text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text ? number : (long?)null).ToArray();
        var whole = numbers.All(number => number is not null);
        var order = Enumerable.Range(0, texts.Count).ToArray();
        Array.Sort(order, whole ? (a, b) => numbers[a]!.Value.CompareTo(numbers[b]!.Value) : (a, b) => string.CompareOrdinal(texts[a], texts[b]));
        var classes = new int[texts.Count];
        for (var each = 0; each < order.Length; each++)
            classes[order[each]] = each;
        return new([.. order.Select(code => texts[code])], whole ? [.. order.Select(code => numbers[code]!.Value)] : null, classes);
    }
}
