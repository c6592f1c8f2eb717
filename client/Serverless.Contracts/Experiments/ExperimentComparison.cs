namespace Serverless.Contracts.Experiments;

/// <summary>Runs of an experiment side by side: a table whose columns begin with the parameters in which they differ.</summary>
public sealed record ExperimentComparison
{
    /// <summary>The experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>The columns: first those in which the runs differ (parameters, metrics, inputs, outputs, facts), then the others in the same order.</summary>
    public required IReadOnlyList<ComparedColumn> Columns { get; init; }

    /// <summary>The runs, sorted as asked for; else in the order in which they were asked for, or newest first.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    /// <summary>What else is to be known: runs that were left out, metrics that the runs have not in common. Sentences.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];
}
