namespace Serverless.Tuning.Spaces;

/// <summary>Finds what is wrong with one condition.</summary>
internal static class ConditionValidation
{
    public static void Check(Condition condition, string path, Dictionary<string, Parameter> named, bool sound, List<SpaceError> errors)
    {
        if (!CheckShape(condition, path, 0, errors))
            return;
        foreach (var (name, at, leaf) in ConditionCompiler.Leaves(condition, path))
        {
            if (!named.TryGetValue(name ?? "", out var parameter))
                errors.Add(new($"{at}.parameter", $"The condition speaks of '{name}', which is no parameter of the space.", "Correct the name."));
            else if (sound)
                CheckValues(leaf, at, Dimension.Of(0, parameter), errors);
        }
    }

    private static bool CheckShape(Condition condition, string path, int depth, List<SpaceError> errors)
    {
        var parts = condition switch
        {
            AllCondition all => all.Conditions,
            AnyCondition any => any.Conditions,
            NotCondition not => [not.Negated],
            _ => null,
        };
        if (parts is null && condition is EqualsCondition or BetweenCondition or OneOfCondition { Values.Count: > 0 })
            return true;
        if (parts is null or { Count: 0 })
        {
            errors.Add(new(path, "The condition is empty.", "List at least one part."));
            return false;
        }

        if (depth >= SpaceValidation.MaxConditionDepth)
        {
            errors.Add(new(path, $"The condition is nested more than {SpaceValidation.MaxConditionDepth} deep.", "Write it flatter."));
            return false;
        }

        var sound = true;
        for (var index = 0; index < parts.Count; index++)
            sound &= CheckShape(parts[index], condition is NotCondition ? $"{path}.negated" : $"{path}.conditions[{index}]", depth + 1, errors);
        return sound;
    }

    private static void CheckValues(Condition leaf, string path, Dimension dimension, List<SpaceError> errors)
    {
        switch (leaf)
        {
            case EqualsCondition equals:
                CheckValue(equals.Value, $"{path}.value", dimension, errors);
                break;
            case OneOfCondition oneOf:
                for (var index = 0; index < oneOf.Values.Count; index++)
                    CheckValue(oneOf.Values[index], $"{path}.values[{index}]", dimension, errors);
                break;
            case BetweenCondition between:
                CheckBounds(between, path, dimension, errors);
                break;
        }
    }

    private static void CheckBounds(BetweenCondition between, string path, Dimension dimension, List<SpaceError> errors)
    {
        if (dimension.Parameter is CategoricalParameter or ConstantParameter)
        {
            errors.Add(new(path, $"'{dimension.Name}' has no order, so it lies in no range.", "Compare it with one value, or with several."));
            return;
        }

        foreach (var (bound, name) in new[] { (between.Min, "min"), (between.Max, "max") })
        {
            if (bound is not { } value)
                continue;
            if (dimension.Parameter is OrdinalParameter)
                CheckValue(value, $"{path}.{name}", dimension, errors);
            else if (value.Kind != ValueKind.Number || double.IsNaN(value.Number))
                errors.Add(new($"{path}.{name}", $"The bound {Words.Of(value)} is not a number.", "Give a number."));
        }
    }

    private static void CheckValue(ParameterValue value, string path, Dimension dimension, List<SpaceError> errors)
    {
        if (!dimension.TryCoordinateOf(value, out _))
            errors.Add(new(path, $"'{dimension.Name}' never has the value {Words.Of(value)}.", $"Use one of {dimension.Range}."));
    }
}
