using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Importance.Forests;

/// <summary>What trees learn from: a column for each parameter that varies, and a target for each trial.</summary>
internal sealed class TrainingTable
{
    /// <param name="space">The space.</param>
    /// <param name="when">The condition that holds in all the trials; null: none.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="losses">The loss of each, finite.</param>
    public TrainingTable(SearchSpace space, Condition? when, IReadOnlyList<Trial> trials, double[] losses)
    {
        var narrowed = Spoken(space, when);
        Columns = [.. space.Dimensions.Select(dimension => Column.Of(dimension, trials, narrowed.Contains(dimension.Name))).OfType<Column>()];
        var largest = losses.Max(Math.Abs);
        double[] scaled = [.. losses.Select(loss => largest > 0 ? loss / largest : 0)];
        var mean = scaled.Average();
        Targets = [.. scaled.Select(loss => loss - mean)];
        Order = [.. Columns.Select(column => Sorted(column.Values))];
    }

    /// <summary>The columns.</summary>
    public Column[] Columns { get; }

    /// <summary>The losses, centred and in [-2, 2]: their squares are numbers whatever they were.</summary>
    public double[] Targets { get; }

    /// <summary>For each column the trials by rising value, those without it last.</summary>
    public int[][] Order { get; }

    /// <summary>The column of a dimension; −1: it has none.</summary>
    public int Find(int dimension) => Array.FindIndex(Columns, column => column.Dimension == dimension);

    private static int[] Sorted(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        double[] keys = [.. values.Select(value => double.IsNaN(value) ? double.PositiveInfinity : value)];
        return [.. order.OrderBy(row => keys[row]).ThenBy(row => row)];
    }

    /// <summary>The parameters that a condition speaks of, and those that their conditions do.</summary>
    private static HashSet<string> Spoken(SearchSpace space, Condition? when)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<Condition?>([when]);
        while (waiting.TryPop(out var condition))
        {
            foreach (var (name, _, _) in condition is null ? [] : ConditionCompiler.Leaves(condition, ""))
            {
                if (names.Add(name))
                    waiting.Push(space.Find(name)?.Parameter.When);
            }
        }

        return names;
    }
}
