using Serverless.Tuning.Pruning;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>
/// A search, as a machine without I/O: events in, actions out. The same state and the same events give the same actions, bit for bit.
/// Not for several threads at once.
/// </summary>
public sealed class Study
{
    private readonly ISampler sampler;
    private readonly IPruner pruner;
    private readonly StudyBook book;
    private readonly PointSource points;
    private bool ended;

    private Study(StudyState state, ISampler sampler, IPruner pruner)
    {
        (this.sampler, this.pruner) = (sampler, pruner);
        book = StudyBook.Open(state);
        points = new PointSource(sampler, book.History, state);
    }

    /// <summary>What is known.</summary>
    public TrialHistory History => book.History;

    /// <summary>The limits as they are now.</summary>
    public StudyLimits Limits => book.Limits;

    /// <summary>Why no further trial is started; <see cref="StopReason.None"/>: some may be.</summary>
    public StopReason Stopped => book.Reason(points.Exhausted);

    /// <summary>A study at its beginning.</summary>
    /// <param name="space">What is searched.</param>
    /// <param name="objectives">What is wanted; at least one.</param>
    /// <param name="sampler">Who proposes.</param>
    /// <param name="pruner">Who gives up trials.</param>
    /// <param name="limits">How much it may do.</param>
    /// <param name="seed">Where the generator begins.</param>
    /// <exception cref="InvalidSpaceException">The space has errors.</exception>
    /// <exception cref="ArgumentException">There is no objective.</exception>
    public static Study Begin(SpaceDescription space, IReadOnlyList<Objective> objectives, ISampler sampler, IPruner pruner, StudyLimits limits, long seed) =>
        Restore(new StudyState(space, objectives, RandomState.OfSeed(seed).ToString()) { Sampler = sampler.Name, Pruner = pruner.Name, Limits = limits }, sampler, pruner);

    /// <summary>A study as it was saved.</summary>
    /// <param name="state">What <see cref="Snapshot"/> gave.</param>
    /// <param name="sampler">A sampler with the settings of the one that the study had.</param>
    /// <param name="pruner">A pruner with the settings of the one that the study had.</param>
    /// <exception cref="ArgumentException">The state is of a version that is not known, or of another sampler or pruner.</exception>
    public static Study Restore(StudyState state, ISampler sampler, IPruner pruner)
    {
        if (state.Version is < 1 or > StudyState.CurrentVersion)
            throw new ArgumentException($"The study was saved in version {state.Version}, and versions 1 to {StudyState.CurrentVersion} are known. Use the release that wrote it, or a later one.", nameof(state));
        if (state.Sampler != sampler.Name || state.Pruner != pruner.Name)
            throw new ArgumentException($"The study has the sampler '{state.Sampler}' and the pruner '{state.Pruner}', but it was to be restored with '{sampler.Name}' and '{pruner.Name}'. Give it its own.", nameof(sampler));
        if (state.Objectives.Count == 0)
            throw new ArgumentException("The study has no objective. Name at least one metric.", nameof(state));
        return new Study(state, sampler, pruner);
    }

    /// <summary>What a saved study knows, for whoever only looks.</summary>
    public static TrialHistory HistoryOf(StudyState state) => StudyBook.Open(state).History;

    /// <summary>All of it, to be saved.</summary>
    public StudyState Snapshot() => points.Into(book.Snapshot() with { Sampler = sampler.Name, Pruner = pruner.Name });

    /// <summary>What changed since an earlier state, for whoever does not want to save all of it each time.</summary>
    /// <param name="endedBefore">How many trials had ended then.</param>
    /// <param name="trials">The numbers of the trials that are new since or were spoken of, each once.</param>
    public StudyDelta Changes(int endedBefore, IEnumerable<int> trials) => points.Into(book.Changes(endedBefore, trials));

    /// <summary>Takes an event, and says what is to be done.</summary>
    /// <exception cref="InvalidSpaceException">Chosen values do not fit the space.</exception>
    /// <exception cref="ArgumentException">The event speaks of a trial that was never started, or does not fit the study.</exception>
    public IReadOnlyList<StudyAction> Apply(StudyEvent happened)
    {
        var actions = new List<StudyAction>();
        switch (happened)
        {
            case TrialsAsked asked: Start(asked.Count, actions); break;
            case MetricReported report: Note(report, actions); break;
            case TrialCompleted completed: book.Complete(completed.Trial, completed.Values, completed.Ending); break;
            case TrialFailed failed: book.Fail(failed.Trial, failed.Cut, failed.Ending); break;
            case TrialPruned pruned: book.End(pruned.Trial, TrialStatus.Pruned, pruned.Ending); break;
            case LimitsChanged changed: Relimit(changed.Limits); break;
            case ResourcesSpent spent: book.Spend(spent.Elapsed, spent.Cost); break;
            case StopRequested: book.Stop(); break;
            case PointChosen chosen: points.Choose(History.Space.PointOf(chosen.Values)); break;
            case TrialsImported imported: book.Import(imported.Trials); break;
            default: throw new ArgumentException($"The study does not know the event {happened.GetType().Name}. Send one of the events of this library.", nameof(happened));
        }

        if (!ended && History.Running == 0 && Stopped is var reason and not StopReason.None)
        {
            ended = true;
            actions.Add(new EndStudy(reason));
        }

        return actions;
    }

    private void Start(int count, List<StudyAction> actions)
    {
        for (; count > 0 && History.Running < Limits.Parallelism && Stopped == StopReason.None; count--)
        {
            if (points.Next() is not { } proposal)
                return;
            var trial = book.Start(proposal.Point, proposal.Origin, proposal.Parent);
            actions.Add(new StartTrial(trial.Number, History.Space.ValuesOf(trial.Point), trial.Parent));
        }
    }

    private void Note(MetricReported report, List<StudyAction> actions)
    {
        var trial = book.Note(report);
        if (trial is null || trial.StopAsked || History.Objectives.Count > 1 || !pruner.ShouldPrune(History, trial))
            return;
        trial.StopAsked = true;
        actions.Add(new StopTrial(trial.Number));
    }

    private void Relimit(StudyLimits limits)
    {
        book.Relimit(limits);
        ended &= Stopped != StopReason.None;
    }
}
