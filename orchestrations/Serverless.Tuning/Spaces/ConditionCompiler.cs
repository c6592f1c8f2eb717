namespace Serverless.Tuning.Spaces;

/// <summary>Makes tests of points from conditions that have no errors.</summary>
internal static class ConditionCompiler
{
    public static PointTest Compile(Condition condition, Func<string, Dimension> dimension)
    {
        switch (condition)
        {
            case EqualsCondition equals:
                return OneOf(dimension(equals.Parameter), [equals.Value]);
            case OneOfCondition oneOf:
                return OneOf(dimension(oneOf.Parameter), oneOf.Values);
            case BetweenCondition between:
                return Between(dimension(between.Parameter), between);
            case NotCondition not:
                var negated = Compile(not.Negated, dimension);
                return point => !negated(point);
            case AllCondition all:
                var needed = all.Conditions.Select(part => Compile(part, dimension)).ToArray();
                return point => Count(needed, point) == needed.Length;
            case AnyCondition any:
                var offered = any.Conditions.Select(part => Compile(part, dimension)).ToArray();
                return point => Count(offered, point) > 0;
            default:
                throw new InvalidOperationException($"A condition is of the unknown kind {condition.GetType().Name}. Use one of the kinds of this library.");
        }
    }

    /// <summary>The parameters that a condition speaks of, each with the place in the condition.</summary>
    public static IEnumerable<(string Parameter, string Path, Condition Leaf)> Leaves(Condition condition, string path) => condition switch
    {
        EqualsCondition equals => [(equals.Parameter, path, equals)],
        OneOfCondition oneOf => [(oneOf.Parameter, path, oneOf)],
        BetweenCondition between => [(between.Parameter, path, between)],
        NotCondition not => Leaves(not.Negated, $"{path}.negated"),
        AllCondition all => all.Conditions.SelectMany((part, index) => Leaves(part, $"{path}.conditions[{index}]")),
        AnyCondition any => any.Conditions.SelectMany((part, index) => Leaves(part, $"{path}.conditions[{index}]")),
        _ => throw new InvalidOperationException($"A condition is of the unknown kind {condition.GetType().Name}. Use one of the kinds of this library."),
    };

    private static int Count(PointTest[] tests, ReadOnlySpan<double> point)
    {
        var count = 0;
        foreach (var test in tests)
            count += test(point) ? 1 : 0;
        return count;
    }

    private static PointTest OneOf(Dimension dimension, IReadOnlyList<ParameterValue> values)
    {
        var index = dimension.Index;
        var coordinates = values.Select(value => dimension.TryCoordinateOf(value, out var coordinate) ? coordinate : double.NaN).ToArray();
        return point => Array.IndexOf(coordinates, point[index]) >= 0 && !double.IsNaN(point[index]);
    }

    private static PointTest Between(Dimension dimension, BetweenCondition between)
    {
        var index = dimension.Index;
        var min = between.Min is { } least ? Bound(dimension, least) : double.NegativeInfinity;
        var max = between.Max is { } greatest ? Bound(dimension, greatest) : double.PositiveInfinity;
        return point => point[index] >= min && point[index] <= max;
    }

    private static double Bound(Dimension dimension, ParameterValue value) =>
        dimension.Parameter is OrdinalParameter && dimension.TryCoordinateOf(value, out var coordinate) ? coordinate : value.Number;
}
