namespace Serverless.Tuning.Trials;

/// <summary>What a trial reported for one objective: values by step, steps rising.</summary>
public sealed class Curve
{
    /// <summary>The most points of a curve: one an epoch for more epochs than anyone trains. Later ones are left out.</summary>
    public const int MaxPoints = 10_000;

    private readonly List<int> steps = [];
    private readonly List<double> values = [];

    /// <summary>The steps, rising.</summary>
    public IReadOnlyList<int> Steps => steps;

    /// <summary>The value at each step; may be <see cref="double.NaN"/>.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>How many points there are.</summary>
    public int Count => steps.Count;

    /// <summary>The value at a step; null: none was reported.</summary>
    public double? At(int step)
    {
        var index = steps.BinarySearch(step);
        return index < 0 ? null : values[index];
    }

    /// <summary>Adds a point. The first value of a step stays, so a report that comes twice changes nothing.</summary>
    /// <returns>Whether the point is new and there was room.</returns>
    internal bool Add(int step, double value)
    {
        var index = steps.Count > 0 && steps[^1] < step ? ~steps.Count : steps.BinarySearch(step);
        if (index >= 0 || steps.Count >= MaxPoints)
            return false;
        steps.Insert(~index, step);
        values.Insert(~index, value);
        return true;
    }
}
