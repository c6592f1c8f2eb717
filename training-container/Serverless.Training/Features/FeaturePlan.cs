using Serverless.Training.Tables;

namespace Serverless.Training.Features;

/// <summary>How rows become features: numbers first, then what says that they were missing, then the slots of categories.</summary>
internal sealed class FeaturePlan
{
    /// <summary>The columns of numbers.</summary>
    public required IReadOnlyList<NumberFeature> Numbers { get; init; }

    /// <summary>The columns of text.</summary>
    public required IReadOnlyList<CategoryFeature> Categories { get; init; }

    /// <summary>Columns that are not used, and why.</summary>
    public required IReadOnlyList<(string Name, string Why)> Dropped { get; init; }

    /// <summary>Features of numbers, with those that say that one was missing.</summary>
    public int DenseCount => Numbers.Count + Numbers.Count(number => number.HasIndicator);

    /// <summary>Slots of all categories.</summary>
    public int SlotCount => Categories.Sum(category => category.Slots);

    /// <summary>Learns from some rows of a table.</summary>
    public static FeaturePlan Fit(LoadedTable table, IReadOnlyList<string> columns, IReadOnlyList<int> rows, int maxCategories)
    {
        var categories = new List<CategoryFeature>();
        var dropped = new List<(string, string)>();
        foreach (var (column, codes) in table.Codes.OrderBy(pair => pair.Key))
            if (CategoryFeature.Fit(column, columns[column], codes, table.Texts[column], rows, maxCategories, out var why) is { } category)
                categories.Add(category);
            else
                dropped.Add((columns[column], why!));
        var numbers = table.Numbers.OrderBy(pair => pair.Key).Select(pair => NumberFeature.Fit(pair.Key, columns[pair.Key], pair.Value, rows)).ToList();
        return new() { Numbers = numbers, Categories = categories, Dropped = dropped };
    }

    /// <summary>The same plan with one mean and one spread for all numbers, as the pixels of an image want it; missing ones become the mean, without a feature that says so.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">The rows to learn from.</param>
    public FeaturePlan Uniform(LoadedTable table, IReadOnlyList<int> rows)
    {
        double sum = 0, squares = 0;
        long count = 0;
        foreach (var number in Numbers)
            foreach (var row in rows)
                if (table.Numbers[number.Column][row] is var value && !float.IsNaN(value))
                    (sum, squares, count) = (sum + value, squares + (double)value * value, count + 1);
        var mean = count == 0 ? 0 : sum / count;
        var spread = count == 0 ? 0 : Math.Sqrt(Math.Max(0, squares / count - mean * mean));
        var scale = spread > 0 ? (float)(1 / spread) : 0;
        return new() { Numbers = [.. Numbers.Select(number => number with { Mean = (float)mean, Scale = scale, HasIndicator = false })], Categories = Categories, Dropped = Dropped };
    }

    /// <summary>The features of some rows.</summary>
    public FeatureMatrix Apply(LoadedTable table, IReadOnlyList<int> rows)
    {
        var width = DenseCount;
        var dense = new double[(long)rows.Count * width];
        var slots = new int[(long)rows.Count * Categories.Count];
        var indicator = Numbers.Count;
        for (var j = 0; j < Numbers.Count; j++)
        {
            var feature = Numbers[j];
            var values = table.Numbers[feature.Column];
            for (var i = 0; i < rows.Count; i++)
            {
                dense[(long)i * width + j] = feature.Apply(values[rows[i]]);
                if (feature.HasIndicator && float.IsNaN(values[rows[i]]))
                    dense[(long)i * width + indicator] = 1;
            }

            indicator += feature.HasIndicator ? 1 : 0;
        }

        for (int k = 0, first = 0; k < Categories.Count; first += Categories[k++].Slots)
            for (var i = 0; i < rows.Count; i++)
                slots[(long)i * Categories.Count + k] = Categories[k].SlotOf(table.Codes[Categories[k].Column][rows[i]]) is >= 0 and var slot ? first + slot : -1;
        return new(rows.Count, width, dense, Categories.Count, SlotCount, slots, [.. rows.Select(row => table.Labels[row])]);
    }
}
