using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Shown;

/// <summary>What <c>experiment show --output json</c> writes.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Notes">Its newest notes.</param>
/// <param name="Runs">Its runs.</param>
internal sealed record ExperimentShown(ExperimentSummary Experiment, Page<ExperimentNote> Notes, Page<ExperimentRun> Runs);
