using System.Globalization;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;
using Serverless.Core.Documents;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies;

namespace Serverless.Api.Studies;

/// <summary>Shows studies.</summary>
internal sealed class StudyQueries(StudySet studies, StudyTrials trials)
{
    private const int MaxIdLength = 64;

    /// <summary>A page of them.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after, contains) = (query.Limit(), query.Text(ApiNames.After), query.Text(ApiNames.Contains, NameRules.MaxLength));
        var status = query.Word<StudyStatus>(ApiNames.Status);
        query.Done();
        var where = status is null ? null : new Dictionary<string, string> { ["status"] = status.Value.ToString() };
        var (records, next) = await studies.QueryAsync(where, contains, limit, after, cancel);
        await call.WriteAsync(new Page<Study>([.. records.Select(StudyViews.View)], next), ContractsJson.Default.StudyPage, cancel);
    }

    /// <summary>One.</summary>
    public async Task GetAsync(ApiCall call, CancellationToken cancel) =>
        await call.WriteAsync(StudyViews.View(await RequireAsync(call, cancel)), ContractsJson.Default.Study, cancel);

    /// <summary>A page of one's trials.</summary>
    public async Task TrialsAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        var from = After(after);
        var page = await trials.ReadAsync(await RequireAsync(call, cancel), from, limit + 1, cancel);
        var next = page.Count > limit ? page[limit - 1].Number.ToString(CultureInfo.InvariantCulture) : null;
        await call.WriteAsync(new Page<StudyTrial>([.. page.Take(limit)], next), ContractsJson.Default.StudyTrialPage, cancel);
    }

    /// <summary>The id that a path names, when it can be one.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>.</exception>
    public static string Id(ApiCall call) =>
        call["id"] is { Length: <= MaxIdLength } id && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? id : throw Missing(call["id"]);

    /// <summary>The number to begin with.</summary>
    public static int After(string? after) =>
        after is null ? 0
        : int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue ? number + 1
        : throw DocumentRules.BadAfter(after);

    /// <summary>The study that a path names.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>.</exception>
    public async Task<StudyRecord> RequireAsync(ApiCall call, CancellationToken cancel) =>
        await studies.FindAsync(Id(call), cancel) ?? throw Missing(call["id"]);

    private static ServerlessException Missing(string id) => Fail.NotFound("study", Shown.Quote(id)[1..^1], "List the studies to find its id.");
}
