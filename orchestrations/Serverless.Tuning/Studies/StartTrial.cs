using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Studies;

/// <summary>Run a trial.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Values">The values of the parameters that are there, in the order of the space.</param>
/// <param name="Parent">The trial whose checkpoint it begins with; null: none.</param>
public sealed record StartTrial(int Trial, IReadOnlyList<KeyValuePair<string, ParameterValue>> Values, int? Parent) : StudyAction;
