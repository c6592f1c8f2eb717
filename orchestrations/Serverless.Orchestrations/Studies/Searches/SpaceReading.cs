using System.Globalization;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Values;
using Serverless.Core.Names;
using Serverless.Tuning.Spaces;

namespace Serverless.Orchestrations.Studies.Searches;

/// <summary>A search space as people write it, as the search knows it. What only the written form can have wrong is found here; the rest by the search.</summary>
internal static class SpaceReading
{
    /// <summary>The space, and everything that is wrong with how it is written.</summary>
    public static SpaceDescription Read(SpaceSpec spec, List<FieldError> errors)
    {
        var parameters = new List<Parameter>();
        for (var i = 0; i < spec.Parameters.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"space.parameters[{i}]");
            var read = Read(spec.Parameters[i], at, errors);
            parameters.Add(spec.Parameters[i].When is { } when ? read with { When = Read(when, $"{at}.when", errors) } : read);
        }

        var forbidden = spec.Forbidden.Select((condition, i) => Read(condition, string.Create(CultureInfo.InvariantCulture, $"space.forbidden[{i}]"), errors)).ToList();
        return new SpaceDescription(parameters) { Forbidden = forbidden };
    }

    /// <summary>A value as the search knows it.</summary>
    public static ParameterValue Value(ScalarValue value) =>
        value.Number is { } number ? number : value.Flag is { } flag ? flag : value.Text ?? "";

    /// <summary>A value as people know it.</summary>
    public static ScalarValue Value(ParameterValue value) => value.Kind switch
    {
        ValueKind.Number => value.Number,
        ValueKind.Flag => value.Number != 0,
        ValueKind.Text => value.Text!,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.Kind, null),
    };

    private static Parameter Read(ParameterSpec spec, string at, List<FieldError> errors)
    {
        Refuse(spec, at, errors);
        return spec.Type switch
        {
            ParameterType.Float => new FloatParameter(spec.Name, spec.Low ?? 0, spec.High ?? 1, spec.Log, spec.Step),
            ParameterType.Int => new IntParameter(spec.Name, Whole(spec.Low ?? 0, $"{at}.low", errors), Whole(spec.High ?? 1, $"{at}.high", errors), spec.Log, Whole(spec.Step ?? 1, $"{at}.step", errors)),
            ParameterType.Categorical => new CategoricalParameter(spec.Name, Values(spec.Choices)),
            ParameterType.Ordinal => new OrdinalParameter(spec.Name, Values(spec.Choices)),
            ParameterType.Constant => new ConstantParameter(spec.Name, Value(spec.Value ?? "")),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Type, null),
        };
    }

    /// <summary>Members that the type needs, and members that it has no use for: a typing error is not passed over.</summary>
    private static void Refuse(ParameterSpec spec, string at, List<FieldError> errors)
    {
        var number = spec.Type is ParameterType.Float or ParameterType.Int;
        var choice = spec.Type is ParameterType.Categorical or ParameterType.Ordinal;
        Need("low", spec.Low is not null, number);
        Need("high", spec.High is not null, number);
        Need("choices", spec.Choices is not null, choice);
        Need("value", spec.Value is not null, spec.Type == ParameterType.Constant);
        if (!number && (spec.Log || spec.Step is not null))
            errors.Add(new FieldError(at, $"The parameter {Shown.Quote(spec.Name)} is {Word(spec.Type)} and has 'log' or 'step', which are for numbers.", "Leave them out."));

        void Need(string member, bool given, bool wanted)
        {
            if (given != wanted)
            {
                errors.Add(wanted
                    ? new FieldError($"{at}.{member}", $"The parameter {Shown.Quote(spec.Name)} is {Word(spec.Type)} and has no '{member}'.", $"Give '{member}'.")
                    : new FieldError($"{at}.{member}", $"The parameter {Shown.Quote(spec.Name)} is {Word(spec.Type)}, which has no '{member}'.", "Leave it out, or choose another type."));
            }
        }
    }

    private static Condition Read(ConditionSpec spec, string at, List<FieldError> errors)
    {
        var forms = new[] { spec.Parameter is not null, spec.All is not null, spec.Any is not null, spec.Not is not null }.Count(given => given);
        if (forms != 1)
        {
            errors.Add(new FieldError(at, forms == 0 ? "The condition says nothing." : "The condition says several things at once.", "Give exactly one of 'parameter', 'all', 'any' and 'not'."));
            return new AllCondition([]);
        }

        if (spec.All is [] || spec.Any is [])
            errors.Add(new FieldError(spec.All is [] ? $"{at}.all" : $"{at}.any", "The list of conditions is empty.", "List at least one."));
        if (spec.All is { } all)
            return new AllCondition([.. all.Select((each, i) => Read(each, string.Create(CultureInfo.InvariantCulture, $"{at}.all[{i}]"), errors))]);
        if (spec.Any is { } any)
            return new AnyCondition([.. any.Select((each, i) => Read(each, string.Create(CultureInfo.InvariantCulture, $"{at}.any[{i}]"), errors))]);
        return spec.Not is { } not ? new NotCondition(Read(not, $"{at}.not", errors)) : OfParameter(spec, at, errors);
    }

    private static Condition OfParameter(ConditionSpec spec, string at, List<FieldError> errors)
    {
        var range = spec.AtLeast is not null || spec.AtMost is not null;
        var forms = new[] { spec.Is is not null, spec.In is not null, range }.Count(given => given);
        if (forms > 1)
            errors.Add(new FieldError(at, $"The condition on {Shown.Quote(spec.Parameter!)} says several things at once.", "Give one of 'equals', 'in', and 'atLeast' with 'atMost'; join several by 'all'."));
        if (forms == 0)
            errors.Add(new FieldError(at, $"The condition on {Shown.Quote(spec.Parameter!)} says nothing of its value.", "Give 'equals', 'in', 'atLeast' or 'atMost'."));
        if (spec.In is [])
            errors.Add(new FieldError($"{at}.in", $"The condition on {Shown.Quote(spec.Parameter!)} lists no value.", "List at least one."));
        return spec.Is is { } value ? new EqualsCondition(spec.Parameter!, Value(value))
            : spec.In is { } values ? new OneOfCondition(spec.Parameter!, Values(values))
            : new BetweenCondition(spec.Parameter!, spec.AtLeast, spec.AtMost);
    }

    private static IReadOnlyList<ParameterValue> Values(IReadOnlyList<ScalarValue>? values) => [.. (values ?? []).Select(Value)];

    private static long Whole(double value, string at, List<FieldError> errors)
    {
        if (value == Math.Floor(value) && Math.Abs(value) <= ParameterValue.LargestWhole)
            return (long)value;
        errors.Add(new FieldError(at, FormattableString.Invariant($"{value} is not a whole number of at most 2^53."), "Give a whole number, or make the parameter a float."));
        return 1;
    }

    private static string Word(ParameterType type) => type switch
    {
        ParameterType.Float => "a float",
        ParameterType.Int => "an int",
        ParameterType.Categorical => "categorical",
        ParameterType.Ordinal => "ordinal",
        ParameterType.Constant => "a constant",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
