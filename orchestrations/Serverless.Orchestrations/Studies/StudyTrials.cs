using Serverless.Contracts.Studies;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies.Searches;
using Search = Serverless.Tuning.Studies.Study;

namespace Serverless.Orchestrations.Studies;

/// <summary>Reads the trials of a study from its search.</summary>
public sealed class StudyTrials
{
    private readonly SearchArchive archive;

    internal StudyTrials(SearchArchive archive) => this.archive = archive;

    /// <summary>The trials, in the order of their numbers.</summary>
    /// <param name="study">The study.</param>
    /// <param name="from">The first number.</param>
    /// <param name="limit">The most trials.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<IReadOnlyList<StudyTrial>> ReadAsync(StudyRecord study, int from, int limit, CancellationToken cancel)
    {
        if (study.Search is not { } place)
            return [];
        var history = Search.HistoryOf(await archive.ReadAsync(place, cancel));
        return [.. history.Trials.Skip(from).Take(limit).Select(trial => SearchViews.Trial(study.Id, history, trial))];
    }
}
