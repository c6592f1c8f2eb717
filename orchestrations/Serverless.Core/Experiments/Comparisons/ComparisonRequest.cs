using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Core.Experiments.Comparisons;

/// <summary>Which runs of an experiment are compared, and in what.</summary>
public sealed record ComparisonRequest
{
    /// <summary>Jobs by id, trials' too; with no job and no study: the newest runs.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];

    /// <summary>Studies by id or name, of each the best trials.</summary>
    public IReadOnlyList<string> Studies { get; init; } = [];

    /// <summary>How many of a study's best trials.</summary>
    public int Top { get; init; } = ComparisonLimits.DefaultTop;

    /// <summary>Metrics, in this order; none: all that the runs report.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>What the runs are sorted by: a metric, a parameter or a fact, with <c>:asc</c> or <c>:desc</c> behind it; null: as they come.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether columns in which all runs are the same are left out.</summary>
    public bool OnlyDifferent { get; init; }

    /// <summary>Whether the newest runs have trials among them.</summary>
    public bool Trials { get; init; }

    /// <summary>Whether the files that the runs wrote are counted.</summary>
    public bool Files { get; init; }

    /// <summary>Most runs.</summary>
    public int Limit { get; init; } = ComparisonLimits.DefaultRuns;

    /// <summary>Everything that is wrong with it, at once.</summary>
    public IReadOnlyList<FieldError> Check()
    {
        var errors = new List<FieldError>();
        Range("top", Top, "trials of each study");
        Range("limit", Limit, "runs");
        foreach (var (path, names) in new[] { ("job", Jobs), ("study", Studies), ("metric", Metrics) })
        {
            if (names.Count > ComparisonLimits.Named)
                errors.Add(new FieldError(path, $"There are {names.Count} of '{path}'; the limit is {ComparisonLimits.Named}.", "Name fewer."));
            foreach (var name in names.Where(name => name.Length is 0 or > ComparisonLimits.NameLength).Take(1))
                errors.Add(new FieldError(path, $"{Shown.Quote(name)} has {name.Length} characters; 1 to {ComparisonLimits.NameLength} are allowed.", "Give a name that a run has."));
        }

        return errors;

        void Range(string path, int value, string what)
        {
            if (value is < 1 or > ComparisonLimits.Runs)
                errors.Add(new FieldError(path, $"{value} {what} are outside 1 to {ComparisonLimits.Runs}.", $"Give 1 to {ComparisonLimits.Runs}."));
        }
    }
}
