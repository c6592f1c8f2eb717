using Serverless.Tuning.Studies;

namespace Serverless.Tuning.Planning;

/// <summary>What came of a simulated study.</summary>
/// <param name="Reason">What ended it.</param>
/// <param name="Started">Trials that began.</param>
/// <param name="Complete">Trials that ran whole.</param>
/// <param name="Pruned">Trials that were given up.</param>
/// <param name="Failed">Trials that failed, or were stopped when the money was spent.</param>
/// <param name="Evictions">Machines that were taken away under a trial.</param>
/// <param name="Seconds">From submission to the end of the last trial.</param>
/// <param name="TrialSeconds">The machines' time that trials had, from claim to end of each attempt: what jobs cost.</param>
/// <param name="NodeSeconds">The machines' time in all, with booting and waiting: what a provider bills.</param>
public sealed record SimulatedStudy(StopReason Reason, int Started, int Complete, int Pruned, int Failed, int Evictions, double Seconds, double TrialSeconds, double NodeSeconds)
{
    /// <summary>Only so many trials were simulated; the rest is in proportion.</summary>
    public int? SimulatedTrials { get; init; }
}
