using Serverless.Tuning.Sampling;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.PopulationBased;

/// <summary>
/// Where the members of a population stand: the last turn that each was given, and the last that it completed. That is what the memory holds, as numbers of trials (-1: none);
/// how those turns went stands in the history.
/// </summary>
internal sealed class Population
{
    private const string Given = "given", Completed = "completed", Newest = "newest";

    private readonly TrialHistory history;
    private readonly double[] given;
    private readonly double[] completed;

    private Population(TrialHistory history, double[] given, double[] completed) => (this.history, this.given, this.completed) = (history, given, completed);

    /// <summary>A member that was never given a turn; null: there is none.</summary>
    public int? Vacancy => Array.IndexOf(given, -1) is >= 0 and var member ? member : null;

    /// <summary>The member that is furthest behind of those that do not run; null: all run.</summary>
    public int? Next
    {
        get
        {
            var resting = Enumerable.Range(0, given.Length).Where(member => history.Trials[(int)given[member]].Status != TrialStatus.Running).ToList();
            return resting.Count == 0 ? null : resting.MinBy(member => history.TurnOf(history.Trials[(int)given[member]]));
        }
    }

    /// <summary>What each member completed last, from the best.</summary>
    public List<Trial> Ranked => [.. completed.Where(number => number >= 0).Select(number => history.Trials[(int)number]).OrderBy(trial => history.Loss(trial)).ThenBy(trial => trial.Number)];

    /// <summary>Reads it, with what became of the turns since. Points that someone chose are members' first turns.</summary>
    public static Population Read(SamplerMemory memory, int members, TrialHistory history)
    {
        double[] given = memory.Row(Given) is { } before ? [.. before] : [.. Enumerable.Repeat(-1.0, members)];
        double[] completed = memory.Row(Completed) is { } reached ? [.. reached] : [.. given];
        if (memory.Row(Newest) is [var refused, var of, var earlier] && refused >= history.Trials.Count)
            given[(int)of] = earlier; // the point was forbidden, and no trial came of it
        for (var number = (int)(memory.Row(Newest)?[0] ?? 0); number < history.Trials.Count; number++)
            if (history.Trials[number].Origin == TrialOrigin.Chosen && Array.IndexOf(given, -1) is >= 0 and var free)
                given[free] = number;
        for (var member = 0; member < given.Length; member++)
            if (given[member] >= 0 && history.Trials[(int)given[member]].Status == TrialStatus.Complete)
                completed[member] = given[member];
        return new Population(history, given, completed);
    }

    /// <summary>The last turn of a member if it completed it; null when that failed or was given up: it then has nothing of its own worth going on with.</summary>
    public Trial? Reached(int member) => completed[member] >= 0 && completed[member] == given[member] ? history.Trials[(int)completed[member]] : null;

    /// <summary>The memory once a member was given a turn.</summary>
    /// <param name="member">The member.</param>
    /// <param name="number">The turn's trial.</param>
    public SamplerMemory After(int member, int number)
    {
        double[] now = [.. given];
        now[member] = number;
        return new SamplerMemory(new Dictionary<string, double[]> { [Given] = now, [Completed] = completed, [Newest] = [number, member, given[member]] });
    }
}
