namespace Serverless.Tuning.Spaces;

/// <summary>Reads values that someone chose into a point.</summary>
internal static class PointReading
{
    public static IReadOnlyList<SpaceError> Read(SearchSpace space, IReadOnlyDictionary<string, ParameterValue> values, double[] point)
    {
        var errors = new List<SpaceError>();
        Array.Fill(point, double.NaN);
        foreach (var dimension in space.Dimensions)
            Read(space, dimension, values, point, errors);
        foreach (var name in values.Keys.Where(name => space.Find(name) is null))
            errors.Add(new($"values.{name}", $"The space has no parameter '{name}'.", $"Use one of {string.Join(", ", space.Dimensions.Select(dimension => dimension.Name))}."));
        if (errors.Count == 0 && !space.IsPermitted(point))
            errors.Add(new("values", "The space forbids this combination.", "Choose another, or take the combination out of 'forbidden'."));
        return errors;
    }

    private static void Read(SearchSpace space, Dimension dimension, IReadOnlyDictionary<string, ParameterValue> values, double[] point, List<SpaceError> errors)
    {
        var path = $"values.{dimension.Name}";
        var active = space.IsActive(dimension, point);
        if (!values.TryGetValue(dimension.Name, out var value))
        {
            if (active && dimension.Kind != DimensionKind.Fixed)
                errors.Add(new(path, "The value is missing.", $"Give one of {dimension.Range}."));
            else if (active)
                point[dimension.Index] = dimension.Low;
            return;
        }

        if (!active)
            errors.Add(new(path, $"The parameter is there only when {dimension.Parameter.When}.", "Leave it out, or change what it depends on."));
        else if (dimension.TryCoordinateOf(value, out var coordinate))
            point[dimension.Index] = coordinate;
        else
            errors.Add(new(path, $"The value {Words.Of(value)} is not one that the parameter can have.", $"Give one of {dimension.Range}."));
    }
}
