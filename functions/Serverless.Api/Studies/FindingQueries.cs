using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Studies.Findings;

namespace Serverless.Api.Studies;

/// <summary>Shows what a study found.</summary>
internal sealed class FindingQueries(StudyQueries studies, StudyFindings findings)
{
    /// <summary>The longest name of an objective that is looked for: a metric's.</summary>
    private const int MaxMetricLength = 128;

    /// <summary>Which parameters mattered.</summary>
    public async Task ImportanceAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var objective = query.Text(FindingNames.Objective, MaxMetricLength);
        var method = query.Word<ImportanceMethod>(FindingNames.Method) ?? ImportanceMethod.Fanova;
        var pairs = query.Flag(FindingNames.Pairs);
        query.Done();
        if (pairs && method != ImportanceMethod.Fanova)
            throw Fail.Invalid([new FieldError($"query.{FindingNames.Pairs}", "PED-ANOVA looks at one parameter at a time.", $"Leave '{FindingNames.Pairs}' out, or ask by 'fanova'.")]);
        var study = await studies.RequireAsync(call, cancel);
        await call.WriteAsync(await findings.ImportanceAsync(study, new ImportanceQuestion(objective, method, pairs), cancel), ContractsJson.Default.StudyImportance, cancel);
    }

    /// <summary>A page of the trials in the order in which they ended.</summary>
    public async Task HistoryAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = ((int)query.Whole(ApiNames.Limit, FindingNames.DefaultTrials, 1, FindingNames.MaxTrials), query.Text(ApiNames.After));
        query.Done();
        var from = StudyQueries.After(after) is > 0 and var next ? next - 1 : 0;
        await call.WriteAsync(await findings.HistoryAsync(await studies.RequireAsync(call, cancel), from, limit, cancel), ContractsJson.Default.StudyHistory, cancel);
    }

    /// <summary>A page of what the trials reported.</summary>
    public async Task CurvesAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after, objective) = (query.Limit(), query.Text(ApiNames.After), query.Text(FindingNames.Objective, MaxMetricLength));
        var points = (int)query.Whole(FindingNames.Points, FindingNames.DefaultPoints, FindingNames.MinPoints, FindingNames.MaxPoints);
        query.Done();
        var from = StudyQueries.After(after);
        await call.WriteAsync(await findings.CurvesAsync(await studies.RequireAsync(call, cancel), objective, points, from, limit, cancel), ContractsJson.Default.TrialCurvePage, cancel);
    }

    /// <summary>The trials as lines.</summary>
    public async Task ParallelAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var lines = (int)query.Whole(FindingNames.Lines, FindingNames.DefaultLines, 1, FindingNames.MaxLines);
        query.Done();
        await call.WriteAsync(await findings.ParallelAsync(await studies.RequireAsync(call, cancel), lines, cancel), ContractsJson.Default.ParallelCoordinates, cancel);
    }
}
