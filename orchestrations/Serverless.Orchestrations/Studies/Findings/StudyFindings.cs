using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Tuning.Trials;
using Search = Serverless.Tuning.Studies.Study;

namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>Reads from a study's search what people draw and ask of it. Nothing here changes anything; what is said holds for the moment in which it was read.</summary>
public sealed class StudyFindings
{
    private readonly SearchArchive archive;
    private readonly ImportanceShelf shelf;

    internal StudyFindings(SearchArchive archive, ImportanceShelf shelf) => (this.archive, this.shelf) = (archive, shelf);

    /// <summary>Which parameters mattered.</summary>
    /// <param name="study">The study.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="Core.Failures.ServerlessException"><c>invalid_input</c>: there is no such objective; <c>conflict</c>: there are too few trials, or nothing differs.</exception>
    public async Task<StudyImportance> ImportanceAsync(StudyRecord study, ImportanceQuestion question, CancellationToken cancel)
    {
        var objective = ObjectiveNames.Find(study.Spec, question.Objective);
        return await shelf.GetAsync(study, question, async () => ImportanceAnswer.Of(study, await HistoryOfAsync(study, cancel), objective, question), cancel);
    }

    /// <summary>A page of the trials in the order in which they ended.</summary>
    /// <param name="study">The study.</param>
    /// <param name="from">How many to pass over.</param>
    /// <param name="limit">The most trials.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<StudyHistory> HistoryAsync(StudyRecord study, int from, int limit, CancellationToken cancel) =>
        HistoryAnswer.Of(study, await HistoryOfAsync(study, cancel), from, limit);

    /// <summary>A page of what the trials reported, by number.</summary>
    /// <param name="study">The study.</param>
    /// <param name="objective">The objective's metric; null: the first.</param>
    /// <param name="points">The most points of a curve.</param>
    /// <param name="from">The first number.</param>
    /// <param name="limit">The most trials.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<Page<TrialCurve>> CurvesAsync(StudyRecord study, string? objective, int points, int from, int limit, CancellationToken cancel)
    {
        var index = ObjectiveNames.Find(study.Spec, objective);
        return CurvesAnswer.Of(await HistoryOfAsync(study, cancel), index, points, from, limit);
    }

    /// <summary>The trials as lines.</summary>
    /// <param name="study">The study.</param>
    /// <param name="lines">The most lines.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<ParallelCoordinates> ParallelAsync(StudyRecord study, int lines, CancellationToken cancel) =>
        ParallelAnswer.Of(study.Spec, await HistoryOfAsync(study, cancel), lines);

    /// <summary>What the study's search knows; null before its first look.</summary>
    private async Task<TrialHistory?> HistoryOfAsync(StudyRecord study, CancellationToken cancel) =>
        study.Search is { } place ? Search.HistoryOf(await archive.ReadAsync(place, cancel)) : null;
}
