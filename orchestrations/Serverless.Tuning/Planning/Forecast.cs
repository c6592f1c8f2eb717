using Serverless.Tuning.Studies;

namespace Serverless.Tuning.Planning;

/// <summary>What a study comes to, from many simulated ones.</summary>
/// <param name="Runs">How many were simulated.</param>
/// <param name="Reason">What ends it in most of them.</param>
/// <param name="ReasonShare">In which part of them.</param>
public sealed record Forecast(int Runs, StopReason Reason, double ReasonShare)
{
    /// <summary>Trials that begin.</summary>
    public required Spread Started { get; init; }

    /// <summary>Trials that run whole.</summary>
    public required Spread Complete { get; init; }

    /// <summary>Trials that are given up.</summary>
    public required Spread Pruned { get; init; }

    /// <summary>Trials that fail, or are stopped when the money is spent.</summary>
    public required Spread Failed { get; init; }

    /// <summary>Machines that are taken away.</summary>
    public required Spread Evictions { get; init; }

    /// <summary>From submission to the last trial's end, in seconds.</summary>
    public required Spread Seconds { get; init; }

    /// <summary>The machines' time that trials have, in seconds.</summary>
    public required Spread TrialSeconds { get; init; }

    /// <summary>The machines' time with booting and waiting, in seconds.</summary>
    public required Spread NodeSeconds { get; init; }

    /// <summary>The first so many trials were simulated, the rest is in proportion; null: all were.</summary>
    public int? SimulatedTrials { get; init; }

    /// <summary>Simulates.</summary>
    /// <param name="scenario">The study.</param>
    /// <param name="seed">Where chance begins: the first simulated study has it.</param>
    /// <param name="runs">How many studies; at least 1.</param>
    /// <param name="mostTrials">How many trials of each; longer studies go on in proportion.</param>
    /// <param name="cancel">Breaks off between two studies.</param>
    /// <exception cref="Spaces.InvalidSpaceException">The space has errors.</exception>
    public static Forecast Of(StudyScenario scenario, long seed, int runs, int mostTrials, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var studies = new List<SimulatedStudy>(runs);
        for (var run = 0; run < runs; run++)
        {
            cancel.ThrowIfCancellationRequested();
            studies.Add(StudySimulation.Run(scenario, unchecked(seed + run), mostTrials));
        }

        var reason = studies.GroupBy(study => study.Reason).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First();
        Spread Of(Func<SimulatedStudy, double> figure) => Spread.Of(studies.Select(figure));
        return new Forecast(runs, reason.Key, (double)reason.Count() / runs)
        {
            Started = Of(study => study.Started),
            Complete = Of(study => study.Complete),
            Pruned = Of(study => study.Pruned),
            Failed = Of(study => study.Failed),
            Evictions = Of(study => study.Evictions),
            Seconds = Of(study => study.Seconds),
            TrialSeconds = Of(study => study.TrialSeconds),
            NodeSeconds = Of(study => study.NodeSeconds),
            SimulatedTrials = studies.Max(study => study.SimulatedTrials),
        };
    }
}
