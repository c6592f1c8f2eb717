namespace Serverless.Client.Experiments;

/// <summary>Which runs of an experiment are compared, and in what.</summary>
public sealed record ComparisonRequest
{
    /// <summary>Jobs by id, trials' too; at most 200. With no job and no study: the newest runs.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];

    /// <summary>Studies by id or name: of each its best trials.</summary>
    public IReadOnlyList<string> Studies { get; init; } = [];

    /// <summary>How many of each study's best trials, 1 to 200; null: 10.</summary>
    public int? Top { get; init; }

    /// <summary>Metrics in this order, each <c>NAME</c> or <c>NAME:last</c>, <c>:min</c>, <c>:max</c>, <c>:best</c>; none: all that the runs report.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>By what they are sorted: a metric, a parameter or a fact, with <c>:asc</c> or <c>:desc</c>; null: as they are named, or newest first.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether columns in which all runs are the same are left out.</summary>
    public bool OnlyDifferent { get; init; }

    /// <summary>Whether the newest runs have trials among them.</summary>
    public bool Trials { get; init; }

    /// <summary>Whether the files that the runs wrote are counted; it takes a look at each run's folder.</summary>
    public bool Files { get; init; }

    /// <summary>Most runs, 1 to 200; null: 50.</summary>
    public int? Limit { get; init; }
}
