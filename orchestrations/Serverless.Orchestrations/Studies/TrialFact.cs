using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Studies;

/// <summary>What is known of a running trial at a look.</summary>
/// <param name="Run">The trial, with how far its metrics were read.</param>
/// <param name="Job">Its job; null while it has none.</param>
/// <param name="Reports">What it reported since the last look.</param>
internal sealed record TrialFact(TrialRun Run, JobRecord? Job, IReadOnlyList<StudyEvent> Reports);
