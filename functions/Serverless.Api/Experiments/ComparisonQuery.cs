using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Wire;
using Serverless.Core.Experiments.Comparisons;
using Serverless.Orchestrations.Experiments;

namespace Serverless.Api.Experiments;

/// <summary>Compares runs of an experiment.</summary>
internal sealed class ComparisonQuery(ExperimentQueries experiments, ExperimentComparisons comparisons)
{
    /// <summary>The query parameters.</summary>
    public static IReadOnlyList<RouteParameter> Parameters { get; } =
    [
        new(ApiNames.Job, "string", $"A job's id, a trial's too; up to {ComparisonLimits.Named} times. With no job and no study: the newest runs."),
        new(ApiNames.Study, "string", "A study's id or name: its best trials; may be given several times."),
        new(ApiNames.Top, "integer", $"How many of each study's best trials, 1 to {ComparisonLimits.Runs}; default {ComparisonLimits.DefaultTop}."),
        new(ApiNames.Metric, "string", "A metric: NAME, or NAME:last, NAME:min, NAME:max, NAME:best; may be given several times. Default: all that the runs report."),
        new(ApiNames.Sort, "string", "By what the runs are sorted: a metric, a parameter or a fact, with ':asc' or ':desc'. Default: as they are named, or newest first."),
        new(ApiNames.Differing, "boolean", "'true': columns in which all runs are the same are left out; default false."),
        new(ApiNames.Trials, "boolean", "'true': the newest runs have trials among them; default false."),
        new(ApiNames.Files, "boolean", "'true': the files that each run wrote are counted; default false."),
        new(ApiNames.Limit, "integer", $"Most runs, 1 to {ComparisonLimits.Runs}; default {ComparisonLimits.DefaultRuns}."),
    ];

    /// <summary>Answers.</summary>
    public async Task CompareAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var request = new ComparisonRequest
        {
            Jobs = query.All(ApiNames.Job, ComparisonLimits.Named, ComparisonLimits.NameLength),
            Studies = query.All(ApiNames.Study, ComparisonLimits.Named, ComparisonLimits.NameLength),
            Top = (int)query.Whole(ApiNames.Top, ComparisonLimits.DefaultTop, 1, ComparisonLimits.Runs),
            Metrics = query.All(ApiNames.Metric, ComparisonLimits.Named, ComparisonLimits.NameLength),
            Sort = query.Text(ApiNames.Sort, ComparisonLimits.NameLength),
            OnlyDifferent = query.Flag(ApiNames.Differing),
            Trials = query.Flag(ApiNames.Trials),
            Files = query.Flag(ApiNames.Files),
            Limit = (int)query.Whole(ApiNames.Limit, ComparisonLimits.DefaultRuns, 1, ComparisonLimits.Runs),
        };
        query.Done();
        var name = await experiments.RequireAsync(call, cancel);
        await call.WriteAsync(await comparisons.CompareAsync(name, request, cancel), ContractsJson.Default.ExperimentComparison, cancel);
    }
}
