using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>
/// The trials of a history by columns, each in the order of ending and sorted, kept up by what has ended since the last proposal. Failed trials are not among them.
/// </summary>
internal sealed class LearnedTrials
{
    private readonly List<Trial> rows = [];
    private readonly TrialRanking ranking;
    private readonly double[][] columns;
    private readonly SortedColumn[] sorted;
    private readonly Dictionary<TpeModel, IReadOnlyList<IReadOnlyList<Dimension>>> blocks = [];
    private int seen;
    private int pretended;
    private bool[] isGood = new bool[64];

    public LearnedTrials(TrialHistory history)
    {
        History = history;
        ranking = new TrialRanking(history);
        columns = [.. history.Space.Dimensions.Select(_ => new double[64])];
        sorted = [.. history.Space.Dimensions.Select(_ => new SortedColumn())];
    }

    public TrialHistory History { get; }

    /// <summary>How many trials are learnt, those that only run not among them.</summary>
    public int Count => rows.Count - pretended;

    /// <summary>How many rows there are.</summary>
    public int Rows => rows.Count;

    /// <summary>Whether a row's trial is among the good ones.</summary>
    public ReadOnlySpan<bool> IsGood => isGood.AsSpan(0, rows.Count);

    /// <summary>Weights of good trials by row; null: they weigh by age.</summary>
    public IReadOnlyDictionary<int, double>? GoodWeights => ranking.GoodWeights;

    /// <summary>A dimension's warped coordinates by row; NaN: not there.</summary>
    public ReadOnlySpan<double> Column(Dimension dimension) => columns[dimension.Index].AsSpan(0, rows.Count);

    /// <summary>The rows that have a dimension, by coordinate.</summary>
    public ReadOnlySpan<int> Sorted(Dimension dimension) => sorted[dimension.Index].Rows;

    /// <summary>Takes in what has ended.</summary>
    public void Learn()
    {
        for (; pretended > 0; pretended--)
            RemoveLast();
        var first = rows.Count;
        for (; seen < History.Ended.Count; seen++)
        {
            if (History.Ended[seen].Status is TrialStatus.Complete or TrialStatus.Pruned)
                Append(History.Ended[seen]);
        }

        ranking.Add(rows, first);
        Sort(first);
    }

    /// <summary>Calls so many of the best good.</summary>
    public void Split(int good)
    {
        Array.Clear(isGood);
        foreach (var row in ranking.Best(good))
            isGood[row] = true;
    }

    /// <summary>Takes the trials that run for bad ones until the next <see cref="Learn"/>.</summary>
    public void Pretend(bool wanted)
    {
        if (!wanted || History.Running == 0)
            return;
        foreach (var trial in History.Trials.Where(trial => trial.Status == TrialStatus.Running))
        {
            Append(trial);
            isGood[rows.Count - 1] = false;
            pretended++;
        }

        Sort(rows.Count - pretended);
    }

    /// <summary>The dimensions in the parts that a model takes jointly, each after those that its condition speaks of.</summary>
    public IReadOnlyList<IReadOnlyList<Dimension>> Blocks(TpeModel model)
    {
        if (!blocks.TryGetValue(model, out var found))
        {
            var joint = History.Space.Groups.Where(group => group.Dimensions.Count > 0 && (model == TpeModel.Grouped || (model == TpeModel.Multivariate && group.When is null))).ToArray();
            var single = History.Space.Dimensions.Except(joint.SelectMany(group => group.Dimensions)).Select(dimension => (IReadOnlyList<Dimension>)[dimension]);
            blocks[model] = found = [.. joint.Select(group => group.Dimensions).Concat(single).OrderBy(block => block[0].Index)];
        }

        return found;
    }

    private void Append(Trial trial)
    {
        var row = rows.Count;
        rows.Add(trial);
        if (row == isGood.Length)
            Array.Resize(ref isGood, 2 * row);
        foreach (var dimension in History.Space.Dimensions)
        {
            ref var column = ref columns[dimension.Index];
            if (row == column.Length)
                Array.Resize(ref column, 2 * row);
            column[row] = dimension.Warp(trial.Point[dimension.Index]);
        }
    }

    private void Sort(int first)
    {
        for (var index = 0; index < sorted.Length; index++)
            sorted[index].Add(columns[index], first, rows.Count);
    }

    private void RemoveLast()
    {
        rows.RemoveAt(rows.Count - 1);
        foreach (var column in sorted)
            column.Remove(rows.Count);
    }
}
