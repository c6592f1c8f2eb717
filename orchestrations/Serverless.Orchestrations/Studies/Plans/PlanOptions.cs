namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>How a study is planned, and what is assumed where nothing is known.</summary>
public sealed record PlanOptions
{
    /// <summary>How many studies are simulated for what is asked: a tenth on either side is then known to a few percent.</summary>
    public int Runs { get; init; } = 40;

    /// <summary>How many are at least: fewer say nothing of a tenth on either side.</summary>
    public int LeastRuns { get; init; } = 8;

    /// <summary>How many trials of a study are simulated; longer ones go on in proportion.</summary>
    public int MostTrials { get; init; } = 500;

    /// <summary>How many reports of a trial are simulated: of more, some are left out.</summary>
    public int MostReports { get; init; } = 60;

    /// <summary>About how many trials and reports are simulated of each alternative, so that an answer takes at most some two seconds: with more, fewer studies are simulated.</summary>
    public double Work { get; init; } = 300_000;

    /// <summary>How many of the newest jobs are looked through for earlier trials: one query.</summary>
    public int MostJobs { get; init; } = 500;

    /// <summary>How many earlier trials are learnt from.</summary>
    public int MostSeen { get; init; } = 200;

    /// <summary>The time of a trial of which nothing is known, in seconds.</summary>
    public double UnknownSeconds { get; init; } = 60;

    /// <summary>How often a spot machine is taken away in an hour, where its provider does not say: in the middle of the lowest brackets that providers publish (0 to 5, 5 to 10 in a hundred).</summary>
    public double EvictionsPerHour { get; init; } = 0.05;

    /// <summary>How many plans are made at once: each keeps a processor busy.</summary>
    public int AtOnce { get; init; } = 2;
}
