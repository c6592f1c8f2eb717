using Serverless.Contracts.Values;

namespace Serverless.Contracts.Jobs;

/// <summary>Which trial a job is.</summary>
/// <param name="StudyId">The study.</param>
/// <param name="Number">The trial's number in it, from 0.</param>
/// <param name="Parameters">The values that it runs with, by name.</param>
public sealed record JobTrial(string StudyId, int Number, IReadOnlyDictionary<string, ScalarValue> Parameters);
