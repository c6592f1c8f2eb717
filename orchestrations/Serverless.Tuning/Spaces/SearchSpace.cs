namespace Serverless.Tuning.Spaces;

/// <summary>
/// A space that has no errors, made ready to be searched. A point is an array of coordinates in the order of <see cref="Dimensions"/>
/// with <see cref="double.NaN"/> for a parameter that is not there.
/// </summary>
public sealed class SearchSpace
{
    private readonly Dictionary<string, Dimension> byName;
    private readonly PointTest?[] whens;
    private readonly PointTest[] forbidden;
    private readonly int[] declared;

    private SearchSpace(SpaceDescription description, IReadOnlyList<int> order)
    {
        Description = description;
        Dimensions = [.. order.Select((from, index) => Dimension.Of(index, description.Parameters[from]))];
        byName = Dimensions.ToDictionary(dimension => dimension.Name, StringComparer.Ordinal);
        whens = [.. Dimensions.Select(dimension => dimension.Parameter.When is { } when ? ConditionCompiler.Compile(when, name => byName[name]) : null)];
        forbidden = [.. description.Forbidden.Select(condition => ConditionCompiler.Compile(condition, name => byName[name]))];
        declared = [.. description.Parameters.Select(parameter => byName[parameter.Name].Index)];
        Groups = [.. Dimensions.GroupBy(dimension => dimension.Parameter.When?.Text)
            .Select(group => new DimensionGroup(group.First().Parameter.When, [.. group.Where(dimension => dimension.Kind != DimensionKind.Fixed)]))];
    }

    /// <summary>What it was made from.</summary>
    public SpaceDescription Description { get; }

    /// <summary>The parameters in canonical order: each after those that its condition speaks of, otherwise as declared.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>The dimensions by condition, in an order in which each group's condition speaks of earlier groups alone. A group may have no dimension that is searched.</summary>
    public IReadOnlyList<DimensionGroup> Groups { get; }

    /// <summary>Some parameter is not always there.</summary>
    public bool IsConditional => whens.Any(when => when is not null);

    /// <summary>Makes a space ready.</summary>
    /// <exception cref="InvalidSpaceException">The space has errors; the exception has all of them.</exception>
    public static SearchSpace Of(SpaceDescription description)
    {
        var errors = SpaceValidation.Check(description);
        return errors.Count > 0 ? throw new InvalidSpaceException(errors) : new SearchSpace(description, SpaceOrder.Of(description)!);
    }

    /// <summary>Whether a parameter is there, given the coordinates of the dimensions before it.</summary>
    public bool IsActive(Dimension dimension, ReadOnlySpan<double> point) => whens[dimension.Index] is not { } when || when(point);

    /// <summary>Sets what is not there to <see cref="double.NaN"/>, and what has one value only to it.</summary>
    /// <returns>Whether every other coordinate that is there is set.</returns>
    public bool Complete(Span<double> point)
    {
        var whole = true;
        foreach (var dimension in Dimensions)
        {
            if (!IsActive(dimension, point))
                point[dimension.Index] = double.NaN;
            else if (dimension.Kind == DimensionKind.Fixed)
                point[dimension.Index] = dimension.Low;
            else
                whole &= !double.IsNaN(point[dimension.Index]);
        }

        return whole;
    }

    /// <summary>No forbidden combination holds.</summary>
    public bool IsPermitted(ReadOnlySpan<double> point)
    {
        foreach (var condition in forbidden)
        {
            if (condition(point))
                return false;
        }

        return true;
    }

    /// <summary>The values of the parameters that are there, in the order in which they were declared.</summary>
    public IReadOnlyList<KeyValuePair<string, ParameterValue>> ValuesOf(ReadOnlySpan<double> point)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>(declared.Length);
        foreach (var index in declared)
        {
            if (!double.IsNaN(point[index]))
                values.Add(new(Dimensions[index].Name, Dimensions[index].ValueOf(point[index])));
        }

        return values;
    }

    /// <summary>The point for values that someone chose. What has one value only may be left out.</summary>
    /// <exception cref="InvalidSpaceException">Values are unknown, out of range, missing, given though they are not there, or forbidden together; the exception has all errors.</exception>
    public double[] PointOf(IReadOnlyDictionary<string, ParameterValue> values)
    {
        var point = new double[Dimensions.Count];
        var errors = PointReading.Read(this, values, point);
        return errors.Count > 0 ? throw new InvalidSpaceException(errors) : point;
    }

    /// <summary>The dimension of a name; null: there is none.</summary>
    public Dimension? Find(string name) => byName.GetValueOrDefault(name);
}
