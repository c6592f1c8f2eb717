using System.Globalization;
using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Studies;

/// <content>What a study found.</content>
public sealed partial class StudiesClient
{
    /// <summary>Which parameters of a study mattered, the most important first. While fewer than ten trials are complete the host answers with a conflict that says how many there are.</summary>
    /// <param name="id">The study.</param>
    /// <param name="objective">The objective, by its metric; null: the first.</param>
    /// <param name="method">How.</param>
    /// <param name="pairs">Whether pairs are looked at too; only by <see cref="ImportanceMethod.Fanova"/>.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<StudyImportance> ImportanceAsync(string id, string? objective = null, ImportanceMethod method = ImportanceMethod.Fanova, bool pairs = false, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.StudyImportance, [id], [
            (FindingNames.Objective, objective),
            (FindingNames.Method, JsonNames.CamelCase(method)),
            (FindingNames.Pairs, pairs ? "true" : null),
        ]), ContractsJson.Default.StudyImportance, cancel);

    /// <summary>A page of a study's own trials in the order in which they ended, and how the best became better.</summary>
    public Task<StudyHistory> HistoryAsync(string id, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.StudyHistory, [id], Paging.Parameters(page)), ContractsJson.Default.StudyHistory, cancel);

    /// <summary>A study's own trials in the order in which they ended, all of them, page after page.</summary>
    public async Task<StudyHistory> WholeHistoryAsync(string id, CancellationToken cancel = default)
    {
        var (items, page) = (new List<EndedTrial>(), (StudyHistory?)null);
        do
        {
            var after = page?.Next;
            page = await HistoryAsync(id, new PageRequest { Limit = FindingNames.MaxTrials, After = after }, cancel);
            items.AddRange(page.Items);
            if (page.Next == after)
                break; // a cursor that does not move would never end
        }
        while (page.Next is not null);
        return page with { Items = items, Next = null };
    }

    /// <summary>A page of what the trials of a study reported while they ran, in the order of their numbers.</summary>
    /// <param name="id">The study.</param>
    /// <param name="objective">The objective, by its metric; null: the first.</param>
    /// <param name="points">The most points of a curve, 4 to 1,000; null: 100. Of more the first, the last, and the least and greatest of equal parts are kept.</param>
    /// <param name="page">The page.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<Page<TrialCurve>> CurvesAsync(string id, string? objective = null, int? points = null, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.StudyCurves, [id], [
            (FindingNames.Objective, objective),
            (FindingNames.Points, points?.ToString(CultureInfo.InvariantCulture)),
            .. Paging.Parameters(page),
        ]), ContractsJson.Default.TrialCurvePage, cancel);

    /// <summary>What every trial of a study reported, page after page.</summary>
    public IAsyncEnumerable<TrialCurve> AllCurvesAsync(string id, string? objective = null, int? points = null) =>
        Paging.AllAsync((page, cancel) => CurvesAsync(id, objective, points, page, cancel));

    /// <summary>The complete and pruned trials of a study as lines across its parameters and objectives.</summary>
    /// <param name="id">The study.</param>
    /// <param name="lines">The most lines, 1 to 10,000; null: 1,000. Of more trials the best half and an even pick of the rest are kept.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<ParallelCoordinates> ParallelAsync(string id, int? lines = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.StudyParallel, [id], [(FindingNames.Lines, lines?.ToString(CultureInfo.InvariantCulture))]), ContractsJson.Default.ParallelCoordinates, cancel);
}
