using Serverless.Contracts.Studies.Findings;
using Serverless.Core.Studies;

namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>
/// Importance as it was calculated last. A page that asks every few seconds costs a calculation only when a trial has ended meanwhile, and however many ask at once, one is calculated at a time:
/// the rest of the host goes on.
/// </summary>
internal sealed class ImportanceShelf : IDisposable
{
    /// <summary>The most answers that are kept; each has a line for each parameter and pair.</summary>
    private const int MaxKept = 32;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly List<(Asked Asked, StudyImportance Answer)> kept = [];

    /// <summary>The answer, kept or calculated. A refusal is not kept.</summary>
    /// <param name="study">The study.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="calculate">Calculates it.</param>
    /// <param name="cancel">Breaks off the wait for one's turn.</param>
    public async Task<StudyImportance> GetAsync(StudyRecord study, ImportanceQuestion question, Func<Task<StudyImportance>> calculate, CancellationToken cancel)
    {
        var key = new Asked(study.Id, study.Search is { } place ? place.Changes.LastOrDefault(place.Whole) : "", question);
        await turn.WaitAsync(cancel);
        try
        {
            var index = kept.FindIndex(each => each.Asked == key);
            if (index >= 0)
                return kept[index].Answer;
            var answer = await calculate();
            if (kept.Count >= MaxKept)
                kept.RemoveAt(0);
            kept.Add((key, answer));
            return answer;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <param name="StudyId">The study.</param>
    /// <param name="Search">Where the newest of its search is stored: another path with each change.</param>
    /// <param name="Question">What is asked.</param>
    private readonly record struct Asked(string StudyId, string Search, ImportanceQuestion Question);
}
