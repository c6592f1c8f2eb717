namespace Serverless.Onnx.Exporting;

/// <summary>
/// At which sizes a module is recorded and compared. A size that the program reads arrives as a number, so it takes several runs to see how it follows from the dynamic axes:
/// with each axis at two sizes, all together (c = k₀ + k₁·B + k₂·S + k₃·B·S has as many unknowns as two axes have corners), one more run to check the fit, and the first
/// again with other data, which shows what was taken from the data.
/// </summary>
/// <param name="Recordings">The runs to record; the last repeats the sizes of the first with other data.</param>
/// <param name="Comparisons">The runs to compare, at sizes most of which were not recorded.</param>
public sealed record RecordingPlan(IReadOnlyList<RecordingRun> Recordings, IReadOnlyList<RecordingRun> Comparisons)
{
    /// <summary>Dynamic axes at most: three take ten runs, a fourth would take eighteen.</summary>
    public const int MostSymbols = 3;

    private const int ComparisonSeed = 1000;

    /// <summary>Makes the plan.</summary>
    /// <param name="symbols">The names of the dynamic axes.</param>
    /// <param name="exampleSizes">Their sizes in the example.</param>
    /// <param name="allowed">Sizes to use for a name instead of the defaults: five or more, the first three to record; for models that do not take every size.</param>
    /// <exception cref="ArgumentException">Too many names, or too few sizes for one.</exception>
    public static RecordingPlan For(IReadOnlyList<string> symbols, IReadOnlyDictionary<string, long> exampleSizes, IReadOnlyDictionary<string, IReadOnlyList<long>>? allowed = null)
    {
        if (symbols.Count > MostSymbols)
            throw new ArgumentException($"{symbols.Count} dynamic axes ({string.Join(", ", symbols)}) are more than {MostSymbols}. Give axes that always have equal sizes the same name, or fix some.", nameof(symbols));
        var sizes = symbols.ToDictionary(symbol => symbol, symbol => SizesOf(symbol, exampleSizes[symbol], allowed), StringComparer.Ordinal);
        List<RecordingRun> recordings = [];
        for (var corner = 0; corner < 1 << symbols.Count; corner++)
            recordings.Add(new(Pick(i => (corner >> i) & 1), recordings.Count));
        if (symbols.Count > 0)
            recordings.Add(new(Pick(_ => 2), recordings.Count));
        recordings.Add(recordings[0] with { Seed = recordings.Count });
        var comparisons = Enumerable.Range(0, symbols.Count == 0 ? 2 : 4)
            .Select(k => new RecordingRun(Pick(i => k == 0 ? 0 : Math.Min(2 + k, sizes[symbols[i]].Count - 1)), ComparisonSeed + k)).ToList();
        return new(recordings, comparisons);

        Dictionary<string, long> Pick(Func<int, int> which) => Enumerable.Range(0, symbols.Count).ToDictionary(i => symbols[i], i => sizes[symbols[i]][which(i)], StringComparer.Ordinal);
    }

    private static IReadOnlyList<long> SizesOf(string symbol, long example, IReadOnlyDictionary<string, IReadOnlyList<long>>? allowed)
    {
        if (allowed?.GetValueOrDefault(symbol) is { } given)
            return given.Count >= 5 && given.Distinct().Count() == given.Count && given.All(size => size > 0)
                ? given
                : throw new ArgumentException($"The sizes for '{symbol}' are [{string.Join(", ", given)}]. Give five or more different ones above 0: three to record, the others to compare.", nameof(allowed));
        if (symbol == DynamicAxes.Batch)
            return [2, 3, 5, 1, 4, 17];
        var first = Math.Max(example, 2); // an axis of 1 may be stretched where it should not
        return [first, first + 3, first + 6, first + 1, first + 4, first + 9]; // odd and even: a half must not pass for a line
    }
}
