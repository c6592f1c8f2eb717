using Serverless.Tuning.Importance.Densities;
using Serverless.Tuning.Importance.Forests;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Importance;

/// <summary>Says what matters to an objective. The same trials and options give the same report, bit for bit.</summary>
public static class ParameterRanking
{
    /// <summary>Makes a report.</summary>
    /// <param name="history">What is known; only complete trials count.</param>
    /// <param name="options">What is asked.</param>
    public static ImportanceReport Of(TrialHistory history, ImportanceOptions options)
    {
        var known = KnownTrials.Of(history, options.Objective);
        var report = new ImportanceReport(options.Method, known.Trials.Count) { Infinite = known.Infinite };
        if (known.Trials.Count < ImportanceOptions.LeastTrials)
            return report with { Shortage = ImportanceShortage.FewTrials };
        if (known.AreEqual)
            return report with { Shortage = ImportanceShortage.EqualValues };
        var unranked = Declared(history.Space).Select(dimension => Unranked(dimension, known)).OfType<UnrankedParameter>().ToList();
        report = report with { Unranked = unranked };
        var ranked = Declared(history.Space).Where(dimension => !unranked.Exists(other => other.Name == dimension.Name)).ToList();
        if (ranked.Count == 0)
            return report with { Shortage = ImportanceShortage.NothingVaries };
        report = options.Method switch
        {
            ImportanceMethod.Fanova => ByForests(report, history.Space, known, ranked, options),
            ImportanceMethod.PedAnova => ByDensities(report, known, ranked, options),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Method, null),
        };
        var total = report.Parameters.Sum(parameter => parameter.Value);
        return report with
        {
            Parameters =
            [
                .. report.Parameters.Select(parameter => parameter with { Importance = total > 0 ? parameter.Value / total : 0 })
                    .OrderByDescending(parameter => parameter.Value).ThenBy(parameter => parameter.Name, StringComparer.Ordinal),
            ],
            Pairs = [.. report.Pairs.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.First, StringComparer.Ordinal).ThenBy(pair => pair.Second, StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<Dimension> Declared(SearchSpace space) => space.Description.Parameters.Select(parameter => space.Find(parameter.Name)!);

    private static UnrankedParameter? Unranked(Dimension dimension, KnownTrials known)
    {
        var there = known.Where(dimension.Index);
        UnrankedReason? reason = dimension.Kind == DimensionKind.Fixed ? UnrankedReason.Constant
            : there.Trials.Count < ImportanceOptions.LeastTrials ? UnrankedReason.FewTrials
            : !there.Varies(dimension.Index) ? UnrankedReason.SameValue
            : there.AreEqual ? UnrankedReason.EqualValues
            : null;
        return reason is { } why ? new(dimension.Name, why, there.Trials.Count) : null;
    }

    private static ImportanceReport ByDensities(ImportanceReport report, KnownTrials known, List<Dimension> ranked, ImportanceOptions options) => report with
    {
        Parameters =
        [
            .. ranked.Select(dimension =>
            {
                var there = known.Where(dimension.Index);
                var values = there.Trials.Select(trial => trial.Point[dimension.Index]).ToArray();
                return new ParameterImportance(dimension.Name, TopDivergence.Of(dimension, values, there.Losses, options.TargetQuantile), values.Length);
            }),
        ],
    };

    /// <summary>A forest for each group of parameters that are there together, over the trials where they are.</summary>
    private static ImportanceReport ByForests(ImportanceReport report, SearchSpace space, KnownTrials known, List<Dimension> ranked, ImportanceOptions options)
    {
        var parameters = new List<ParameterImportance>();
        var pairs = new List<PairImportance>();
        double? fit = null;
        var groups = space.Groups.Select(group => (group.When, Own: group.Dimensions.Where(ranked.Contains).ToList())).Where(group => group.Own.Count > 0).ToList();
        var most = Math.Clamp(ImportanceOptions.MostCells / groups.Count / space.Dimensions.Count, ImportanceOptions.MostTrials / 20, ImportanceOptions.MostTrials);
        foreach (var (when, own) in groups)
        {
            var there = known.Where(own[0].Index);
            var learnt = there.Thin(most);
            var forest = Forest.Grow(new TrainingTable(space, when, learnt.Trials, learnt.Losses), options.Trees, options.Seed);
            parameters.AddRange(own.Select(dimension => Of(dimension, forest.ShareOf(dimension.Index), there)));
            if (options.Pairs)
                pairs.AddRange(PairsOf(space, own, forest, there, options.TreesForPairs(learnt.Trials.Count)));
            if (there.Trials.Count == known.Trials.Count)
                fit ??= forest.Fit;
        }

        return report with { Parameters = parameters, Pairs = pairs, Fit = fit, MostLearnt = Math.Min(most, known.Trials.Count) };
    }

    private static ParameterImportance Of(Dimension dimension, ForestShare share, KnownTrials there) => new(dimension.Name, share.Mean, there.Trials.Count) { Spread = share.Deviation };

    /// <summary>A group's pairs: of two of its own, and of one of its own with one that is there in all its trials.</summary>
    private static IEnumerable<PairImportance> PairsOf(SearchSpace space, List<Dimension> own, Forest forest, KnownTrials there, int trees)
    {
        var others = space.Dimensions.Where(dimension => dimension.Kind != DimensionKind.Fixed && there.Count(dimension.Index) == there.Trials.Count && there.Varies(dimension.Index));
        var paired = others.OrderByDescending(dimension => forest.GainOf(dimension.Index)).Take(ImportanceOptions.MostPaired).OrderBy(dimension => dimension.Index).ToList();
        var pairs = paired.SelectMany((first, i) => paired.Skip(i + 1).Select(second => (First: first, Second: second))).Where(pair => own.Contains(pair.First) || own.Contains(pair.Second)).ToList();
        return forest.InteractionsOf([.. pairs.Select(pair => (pair.First.Index, pair.Second.Index))], trees).Select((share, i) => new PairImportance(pairs[i].First.Name, pairs[i].Second.Name, share.Mean, there.Trials.Count));
    }
}
