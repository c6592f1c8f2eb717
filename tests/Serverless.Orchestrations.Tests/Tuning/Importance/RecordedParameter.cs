using Serverless.Tuning.Spaces;

namespace Serverless.Orchestrations.Tests.Tuning.Importance;

/// <summary>A parameter of <see cref="RecordedTrials"/>.</summary>
public sealed record RecordedParameter(string Name, string Kind, double Low = 0, double High = 0, bool Log = false, double? Step = null, int Choices = 0)
{
    /// <summary>As the search knows it.</summary>
    public Parameter Read() => Kind switch
    {
        "float" => new FloatParameter(Name, Low, High, Log, Step),
        "int" => new IntParameter(Name, (long)Low, (long)High, Log, (long)(Step ?? 1)),
        _ => new CategoricalParameter(Name, [.. Enumerable.Range(0, Choices).Select(choice => (ParameterValue)choice)]),
    };
}
