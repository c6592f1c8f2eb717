using Serverless.Training.Tables;

namespace Serverless.Training.Features;

/// <summary>
/// The texts that a category's input may carry, with the slot of each. Training trims texts, and ONNX has no operator for that before opset 20: so each text is listed also
/// with one blank before or after it, as tables written with ", " have it. The truth values are listed in each usual spelling.
/// </summary>
internal static class CategoryKeys
{
    public static (IReadOnlyList<string> Keys, IReadOnlyList<long> Slots, long Fallback) Of(CategoryFeature category, int offset, int noSlot)
    {
        var slots = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < category.Kept.Count; i++)
            AddBlanks(slots, category.Kept[i], offset + i);
        if (category.Kept.All(IsTruth))
            for (var i = 0; i < category.Kept.Count; i++)
                foreach (var spelling in new[] { category.Kept[i].ToLowerInvariant(), category.Kept[i].ToUpperInvariant(), char.ToUpperInvariant(category.Kept[i][0]) + category.Kept[i][1..].ToLowerInvariant() })
                    AddBlanks(slots, spelling, offset + i);
        foreach (var mark in new MissingMarks([]).All.SelectMany(mark => new[] { mark, mark.ToLowerInvariant(), mark.ToUpperInvariant() }))
            AddBlanks(slots, mark, category.MissingSlot is { } slot ? offset + slot : noSlot);
        return ([.. slots.Keys], [.. slots.Values], category.OtherSlot is { } other ? offset + other : noSlot);
    }

    private static bool IsTruth(string text) => text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static void AddBlanks(Dictionary<string, long> slots, string text, long slot)
    {
        slots.TryAdd(text, slot);
        slots.TryAdd(" " + text, slot);
        slots.TryAdd(text + " ", slot);
    }
}
