using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>Rows from the best to the worst: complete trials by loss, then pruned ones by how far they came and how well they did there.</summary>
internal sealed class TrialRanking(TrialHistory history)
{
    private readonly List<Rank> ranks = [];

    /// <summary>Weights of the best, by row; null: they weigh by age.</summary>
    public IReadOnlyList<double>? GoodWeights { get; private set; }

    public void Add(int row, Trial trial)
    {
        var rank = RankOf(row, trial);
        var at = ranks.BinarySearch(rank);
        ranks.Insert(at < 0 ? ~at : at, rank);
    }

    /// <summary>The rows of the best.</summary>
    public IEnumerable<int> Best(int count)
    {
        GoodWeights = null;
        return ranks.Take(count).Select(rank => rank.Row);
    }

    private Rank RankOf(int row, Trial trial)
    {
        if (trial.Status == TrialStatus.Complete)
            return new Rank(0, 0, history.Loss(trial), row);
        var curve = trial.Curves[0];
        if (curve.Count == 0)
            return new Rank(2, 0, 0, row);
        var loss = history.Objectives[0].Loss(curve.Values[^1]);
        return new Rank(1, -curve.Steps[^1], double.IsNaN(loss) ? double.PositiveInfinity : loss, row);
    }

    private readonly record struct Rank(int Class, int Step, double Loss, int Row) : IComparable<Rank>
    {
        public int CompareTo(Rank other) => (Class, Step, Loss, Row).CompareTo((other.Class, other.Step, other.Loss, other.Row));
    }
}
