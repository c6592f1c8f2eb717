using Serverless.Contracts.Experiments;
using Serverless.Contracts.Studies;

namespace Serverless.Core.Experiments.Comparisons;

/// <summary>A run that is compared.</summary>
/// <param name="Run">The run.</param>
/// <param name="Goals">Which values of its metrics are good, as far as its study's objectives or its gate say.</param>
public sealed record ComparedMember(ExperimentRun Run, IReadOnlyDictionary<string, ObjectiveDirection> Goals);
