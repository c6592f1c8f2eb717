namespace Serverless.Tuning.Spaces;

/// <summary>Finds what is wrong with one parameter, its condition aside.</summary>
internal static class ParameterValidation
{
    public static void Check(Parameter parameter, string path, List<SpaceError> errors)
    {
        switch (parameter)
        {
            case FloatParameter real:
                CheckRange(real.Low, real.High, real.Log, path, errors);
                if (real.Step is { } step && !(step > 0 && double.IsFinite(step)))
                    errors.Add(new($"{path}.step", $"The step {step} is not a positive number.", "Give a positive step, or none."));
                else if (real.Step is not null && real.Log)
                    errors.Add(new($"{path}.step", "A step and 'log' do not go together.", "Leave one of them out."));
                break;
            case IntParameter whole:
                CheckRange(whole.Low, whole.High, whole.Log, path, errors);
                if (Math.Max(Math.Abs((double)whole.Low), Math.Abs((double)whole.High)) > ParameterValue.LargestWhole)
                    errors.Add(new(path, $"The bounds {whole.Low} and {whole.High} pass 2^53, beyond which numbers are no longer exact.", "Keep the bounds within 2^53."));
                if (whole.Step < 1)
                    errors.Add(new($"{path}.step", $"The step {whole.Step} is less than 1.", "Give a step of at least 1."));
                else if (whole.Log && whole.Step != 1)
                    errors.Add(new($"{path}.step", $"The step {whole.Step} and 'log' do not go together.", "Leave one of them out."));
                break;
            case CategoricalParameter choice:
                CheckChoices(choice.Choices, $"{path}.choices", errors);
                break;
            case OrdinalParameter level:
                CheckChoices(level.Levels, $"{path}.levels", errors);
                break;
            case ConstantParameter:
                break;
            default:
                errors.Add(new(path, $"The parameter is of the unknown kind {parameter.GetType().Name}.", "Use float, int, categorical, ordinal or constant."));
                break;
        }
    }

    private static void CheckRange(double low, double high, bool log, string path, List<SpaceError> errors)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !double.IsFinite(high - low))
            errors.Add(new(path, $"The bounds {low} and {high} are not finite numbers, or too far apart.", "Give finite bounds."));
        else if (low > high)
            errors.Add(new($"{path}.low", $"The lower bound {low} is above the upper bound {high}.", "Exchange the bounds."));
        else if (log && low <= 0)
            errors.Add(new($"{path}.low", $"With 'log' the lower bound must be more than 0, but it is {low}.", "Raise the bound or leave 'log' out."));
    }

    private static void CheckChoices(IReadOnlyList<ParameterValue> values, string path, List<SpaceError> errors)
    {
        if (values is null or { Count: 0 } or { Count: > SpaceValidation.MaxChoices })
        {
            errors.Add(new(path, $"There must be 1 to {SpaceValidation.MaxChoices} of them, but there are {values?.Count ?? 0}.", "List each value once."));
            return;
        }

        foreach (var twice in values.GroupBy(value => value).Where(group => group.Count() > 1))
            errors.Add(new(path, $"{Words.Of(twice.Key)} is there twice.", "List each value once."));
    }
}
