using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Importance.Forests;

/// <summary>One parameter over the trials of a forest. Numbers are unit coordinates (<see cref="Dimension.ToUnit"/>), choices their indices; <see cref="double.NaN"/>: not there.</summary>
internal sealed class Column
{
    private Column(int dimension, double[] values, bool[]? choices, double low, double high) =>
        (Dimension, Values, Choices, Low, High) = (dimension, values, choices, low, high);

    /// <summary>The dimension's place in the space.</summary>
    public int Dimension { get; }

    /// <summary>The value in each trial.</summary>
    public double[] Values { get; }

    /// <summary>Of a parameter with choices without order: which count; null: it is a number.</summary>
    public bool[]? Choices { get; }

    /// <summary>Of a number: where the range begins that counts.</summary>
    public double Low { get; }

    /// <summary>Of a number: where it ends.</summary>
    public double High { get; }

    /// <summary>The column of a dimension; null when no two trials differ in it.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="isNarrowed">Whether only what the trials have counts, not all that the dimension could have: of a parameter that a condition speaks of, where the condition holds.</param>
    public static Column? Of(Dimension dimension, IReadOnlyList<Trial> trials, bool isNarrowed)
    {
        double[] points = [.. trials.Select(trial => trial.Point[dimension.Index])];
        double[] there = [.. points.Where(point => !double.IsNaN(point))];
        if (dimension.Kind == DimensionKind.Fixed || there.Length == 0 || there.Min() == there.Max())
            return null;
        if (dimension.Kind == DimensionKind.Categorical)
        {
            var choices = new bool[(int)dimension.Cardinality];
            Array.Fill(choices, !isNarrowed);
            foreach (var choice in there)
                choices[(int)choice] = true;
            return new Column(dimension.Index, points, choices, 0, 0);
        }

        var (low, high) = isNarrowed
            ? (dimension.ToUnit(Math.Max(dimension.EdgeLow, there.Min() - dimension.Step / 2)), dimension.ToUnit(Math.Min(dimension.EdgeHigh, there.Max() + dimension.Step / 2)))
            : (0.0, 1.0);
        return new Column(dimension.Index, [.. points.Select(point => double.IsNaN(point) ? point : dimension.ToUnit(point))], null, low, high);
    }
}
