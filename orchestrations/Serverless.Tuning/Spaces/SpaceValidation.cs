namespace Serverless.Tuning.Spaces;

/// <summary>Finds everything that is wrong with a space.</summary>
public static class SpaceValidation
{
    /// <summary>The most parameters of a space: the arithmetic of samplers grows with it, and nothing is learnt from more.</summary>
    public const int MaxParameters = 1_000;

    /// <summary>The most choices or levels of a parameter.</summary>
    public const int MaxChoices = 1_000;

    /// <summary>The most parts of a condition, and how deep they may lie.</summary>
    public const int MaxConditionDepth = 16;

    /// <summary>All errors of a space; none: it can be searched.</summary>
    public static IReadOnlyList<SpaceError> Check(SpaceDescription description)
    {
        var errors = new List<SpaceError>();
        if (description.Parameters is null or { Count: 0 } or { Count: > MaxParameters })
            return [new("parameters", $"A space has 1 to {MaxParameters} parameters, but this one has {description.Parameters?.Count ?? 0}.", "Declare what is to be searched.")];

        var named = new Dictionary<string, Parameter>(StringComparer.Ordinal);
        for (var index = 0; index < description.Parameters.Count; index++)
        {
            var parameter = description.Parameters[index];
            var path = $"parameters[{index}]";
            if (string.IsNullOrWhiteSpace(parameter.Name))
                errors.Add(new($"{path}.name", "The name is empty.", "Name the parameter as the program calls it."));
            else if (!named.TryAdd(parameter.Name, parameter))
                errors.Add(new($"{path}.name", $"The name '{parameter.Name}' is there twice.", "Give each parameter a name of its own."));
            ParameterValidation.Check(parameter, path, errors);
        }

        var sound = errors.Count == 0;
        for (var index = 0; index < description.Parameters.Count; index++)
        {
            if (description.Parameters[index].When is { } when)
                ConditionValidation.Check(when, $"parameters[{index}].when", named, sound, errors);
        }

        for (var index = 0; index < description.Forbidden.Count; index++)
            ConditionValidation.Check(description.Forbidden[index], $"forbidden[{index}]", named, sound, errors);
        if (errors.Count == 0 && SpaceOrder.Of(description) is null)
            errors.Add(new("parameters", "The conditions run in a circle: parameters wait for each other.", "Let conditions speak only of parameters that do not depend on the one they are of."));
        return errors;
    }
}
