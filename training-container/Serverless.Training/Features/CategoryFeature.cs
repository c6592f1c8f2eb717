using Serverless.Training.Tables;

namespace Serverless.Training.Features;

/// <summary>
/// How a column of text becomes features: each frequent text has a slot of its own, rare ones share one, missing values have one. A slot counts for 1 when the row has
/// it. What has no slot (a text never seen, when none was rare) counts for nothing.
/// </summary>
internal sealed class CategoryFeature
{
    private readonly int[] slotOfCode;

    private CategoryFeature(int column, string name, IReadOnlyList<string> kept, bool hasOther, bool hasMissing, int[] slotOfCode)
    {
        Column = column;
        Name = name;
        Kept = kept;
        OtherSlot = hasOther ? kept.Count : null;
        MissingSlot = hasMissing ? kept.Count + (hasOther ? 1 : 0) : null;
        Slots = kept.Count + (hasOther ? 1 : 0) + (hasMissing ? 1 : 0);
        this.slotOfCode = slotOfCode;
    }

    /// <summary>The column's index.</summary>
    public int Column { get; }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The texts with slots of their own: slot 0, 1, 2, …</summary>
    public IReadOnlyList<string> Kept { get; }

    /// <summary>The slot of rare texts and of texts never seen.</summary>
    public int? OtherSlot { get; }

    /// <summary>The slot of missing values.</summary>
    public int? MissingSlot { get; }

    /// <summary>The number of slots.</summary>
    public int Slots { get; }

    /// <summary>The slot of a code; −1 when it has none.</summary>
    public int SlotOf(int code) => code == TextCodes.Missing ? MissingSlot ?? -1 : code < 0 || code >= slotOfCode.Length ? OtherSlot ?? -1 : slotOfCode[code];

    /// <summary>Learns the slots from some rows.</summary>
    /// <param name="column">The column's index.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">The column.</param>
    /// <param name="texts">The texts behind the codes.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="maxCategories">The greatest number of texts with slots of their own.</param>
    /// <param name="dropped">Why the column tells nothing.</param>
    /// <returns>Null when the column tells nothing: one text for all, or one of its own for almost each row.</returns>
    public static CategoryFeature? Fit(int column, string name, int[] codes, TextCodes texts, IReadOnlyList<int> rows, int maxCategories, out string? dropped)
    {
        const int ManyTexts = 20;
        var counts = new int[texts.Texts.Count];
        int missing = 0, beyond = 0;
        foreach (var row in rows)
            if (codes[row] >= 0)
                counts[codes[row]]++;
            else if (codes[row] == TextCodes.Missing)
                missing++;
            else
                beyond++;
        var present = Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0).ToList();
        var there = rows.Count - missing;
        dropped = there == 0 ? "it is empty"
            : present.Count == 1 && missing == 0 && beyond == 0 ? $"it is '{texts.Texts[present[0]]}' in every row"
            : present.Count >= ManyTexts && present.Count + beyond >= 0.9 * there ? $"it has {present.Count} texts in {there} rows, like a name or a number of the row"
            : null;
        if (dropped is not null)
            return null;
        var keptCodes = present.Where(code => counts[code] > 1 || present.Count <= 2).OrderByDescending(code => counts[code]).ThenBy(code => texts.Texts[code], StringComparer.Ordinal).Take(maxCategories).ToList();
        var hasOther = keptCodes.Count < present.Count || beyond > 0;
        var slots = new int[counts.Length];
        Array.Fill(slots, hasOther ? keptCodes.Count : -1);
        for (var slot = 0; slot < keptCodes.Count; slot++)
            slots[keptCodes[slot]] = slot;
        return new(column, name, [.. keptCodes.Select(code => texts.Texts[code])], hasOther, missing > 0, slots);
    }
}
