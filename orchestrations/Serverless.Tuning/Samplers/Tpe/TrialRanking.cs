using Serverless.Tuning.Pareto;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>
/// Rows from the best to the worst: complete trials by loss, then pruned ones by how far they came and how well they did there. With several objectives
/// complete trials go by front, and the last front that counts by the volume that they dominate together.
/// </summary>
internal sealed class TrialRanking(TrialHistory history)
{
    /// <summary>The weight of a good trial that dominates nothing that others do not.</summary>
    private const double LeastWeight = 1e-12;

    /// <summary>From so many rows on all are sorted anew.</summary>
    private const int Many = 64;

    private readonly List<Rank> ranks = [];
    private readonly List<int> complete = [];
    private readonly List<double[]> losses = [];
    private (int Complete, int Count, List<int> Chosen)? last;

    /// <summary>Weights of good trials by row; null: they weigh by age.</summary>
    public IReadOnlyDictionary<int, double>? GoodWeights { get; private set; }

    /// <summary>Takes in the rows from <paramref name="first"/> on.</summary>
    public void Add(IReadOnlyList<Trial> rows, int first)
    {
        var few = rows.Count - first < Many;
        for (var row = first; row < rows.Count; row++)
        {
            if (history.Objectives.Count > 1 && rows[row].Status == TrialStatus.Complete)
            {
                complete.Add(row);
                losses.Add([.. Enumerable.Range(0, history.Objectives.Count).Select(objective => history.Loss(rows[row], objective))]);
                continue;
            }

            var rank = RankOf(row, rows[row]);
            ranks.Insert(few ? ~ranks.BinarySearch(rank) : ranks.Count, rank);
        }

        if (!few)
            ranks.Sort();
    }

    /// <summary>The rows of the best.</summary>
    public IEnumerable<int> Best(int count)
    {
        if (complete.Count == 0)
            return ranks.Take(count).Select(rank => rank.Row);
        if (last is not { } known || (known.Complete, known.Count) != (complete.Count, count))
        {
            last = known = (complete.Count, count, count >= complete.Count ? [.. Enumerable.Range(0, complete.Count)] : ByFront(count));
            Weigh(known.Chosen);
        }

        var chosen = known.Chosen;
        return [.. chosen.Select(index => complete[index]), .. ranks.Take(count - chosen.Count).Select(rank => rank.Row)];
    }

    private List<int> ByFront(int count)
    {
        var fronts = Domination.Ranks(losses);
        var chosen = new List<int>();
        for (var front = 0; chosen.Count < count; front++)
        {
            var members = Enumerable.Range(0, losses.Count).Where(index => fronts[index] == front).ToArray();
            if (chosen.Count + members.Length <= count)
            {
                chosen.AddRange(members);
                continue;
            }

            var points = members.Select(index => losses[index]).ToArray();
            chosen.AddRange(Hypervolume.Choose(points, count - chosen.Count, Hypervolume.ReferenceFor(points)).Select(place => members[place]));
        }

        return chosen;
    }

    private void Weigh(List<int> chosen)
    {
        GoodWeights = null;
        if (chosen.Count < 2)
            return;
        var points = chosen.Select(index => losses[index]).ToArray();
        var gains = Hypervolume.Contributions(points, Hypervolume.ReferenceFor(points));
        var most = Math.Max(gains.Max(), LeastWeight);
        GoodWeights = chosen.Zip(gains).ToDictionary(pair => complete[pair.First], pair => double.IsFinite(pair.Second) ? Math.Max(pair.Second / most, LeastWeight) : 1);
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
