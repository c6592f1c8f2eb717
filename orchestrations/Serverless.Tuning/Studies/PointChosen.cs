using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Studies;

/// <summary>Someone wants these values tried before whatever the sampler proposes. A point that is waiting already is not queued again.</summary>
/// <param name="Values">A value for each parameter that is there.</param>
public sealed record PointChosen(IReadOnlyDictionary<string, ParameterValue> Values) : StudyEvent;
