using Serverless.Contracts.Values;

namespace Serverless.Contracts.Studies;

/// <summary>One thing that is varied. Which members count depends on its type.</summary>
public sealed record ParameterSpec
{
    /// <summary>Its name, unique in the space: as the program's argument has it, without dashes in front.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of value it has.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>Of a number: the least value; above 0 with <see cref="Log"/>.</summary>
    public double? Low { get; init; }

    /// <summary>Of a number: the greatest value.</summary>
    public double? High { get; init; }

    /// <summary>Of a number: equal ratios are equally likely, not equal differences. Default: false.</summary>
    public bool Log { get; init; }

    /// <summary>Of a number: only <see cref="Low"/> and whole steps from there. Not with <see cref="Log"/>.</summary>
    public double? Step { get; init; }

    /// <summary>Of a categorical or ordinal parameter: the choices, each once; an ordinal one's in their order.</summary>
    public IReadOnlyList<ScalarValue>? Choices { get; init; }

    /// <summary>Of a constant: the value.</summary>
    public ScalarValue? Value { get; init; }

    /// <summary>When it is there at all; null: always. A parameter that is not there is neither passed nor tuned.</summary>
    public ConditionSpec? When { get; init; }
}
