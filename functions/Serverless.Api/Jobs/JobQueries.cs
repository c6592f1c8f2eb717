using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Names;

namespace Serverless.Api.Jobs;

/// <summary>Shows jobs.</summary>
internal sealed class JobQueries(JobSet jobs, TimeProvider clock)
{
    private const int MaxIdLength = 64;

    /// <summary>A page of them.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after, contains) = (query.Limit(), query.Text(ApiNames.After), query.Text(ApiNames.Contains, NameRules.MaxLength));
        var status = query.Word<JobStatus>(ApiNames.Status);
        query.Done();
        var where = status is null ? null : new Dictionary<string, string> { ["status"] = status.Value.ToString() };
        var (records, next) = await jobs.QueryAsync(where, contains, limit, after, cancel);
        var now = clock.GetUtcNow();
        await call.WriteAsync(new Page<Job>([.. records.Select(job => JobViews.View(job, now))], next), ContractsJson.Default.JobPage, cancel);
    }

    /// <summary>One.</summary>
    public async Task GetAsync(ApiCall call, CancellationToken cancel) =>
        await call.WriteAsync(JobViews.View(await RequireAsync(call, cancel), clock.GetUtcNow()), ContractsJson.Default.Job, cancel);

    /// <summary>The job that a path names.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>.</exception>
    public async Task<JobRecord> RequireAsync(ApiCall call, CancellationToken cancel) =>
        await jobs.FindAsync(Id(call), cancel) ?? throw Missing(call["id"]);

    /// <summary>The id that a path names, when it can be one: an id stands in paths of the store.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>.</exception>
    public static string Id(ApiCall call) =>
        call["id"] is { Length: <= MaxIdLength } id && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? id : throw Missing(call["id"]);

    private static ServerlessException Missing(string id) => Fail.NotFound("job", Shown.Quote(id)[1..^1], "List the jobs to find its id.");
}
