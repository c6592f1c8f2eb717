using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Benchmarks.Tuning.Pruning;

/// <summary>A study over <see cref="LearningCurve"/> with workers that train an epoch each by turns.</summary>
internal sealed class PruningStudy
{
    private readonly Study study;
    private readonly string combination;
    private readonly int seed;
    private readonly (StartTrial Start, LearningCurve Curve, int Epoch)?[] workers;
    private readonly IReadOnlyList<int> budgets;
    private readonly double[] marks;
    private double best = 1;
    private int spent;
    private int whole;

    private PruningStudy(string sampler, string pruner, IReadOnlyDictionary<string, double> settings, int workers, int seed)
    {
        (combination, this.seed, this.workers) = ($"{sampler} / {pruner}", seed, new (StartTrial, LearningCurve, int)?[workers]);
        budgets = PruningCourse.Budgets(workers);
        marks = [.. budgets.Select(_ => 1.0)];
        study = Study.Begin(
            LearningCurve.Space,
            [new Objective("error")],
            SamplerCatalog.Create(sampler, new Dictionary<string, double>(), out _) ?? throw new ArgumentException($"There is no sampler '{sampler}'.", nameof(sampler)),
            PrunerCatalog.Create(pruner, settings, out var errors) ?? throw new ArgumentException(string.Join(' ', errors), nameof(pruner)),
            new StudyLimits { Parallelism = workers },
            seed);
    }

    /// <summary>Runs one.</summary>
    public static PruningCourse Run(string sampler, string pruner, IReadOnlyDictionary<string, double> settings, int workers, int seed)
    {
        var run = new PruningStudy(sampler, pruner, settings, workers, seed);
        for (var turn = 0; run.spent < run.budgets[^1]; turn++)
            run.Train(turn % workers);
        return new PruningCourse(run.combination, workers, seed, run.marks, run.study.History.Trials.Count, run.whole);
    }

    private void Train(int worker)
    {
        var (start, curve, epoch) = workers[worker] ?? Begin();
        epoch++;
        spent++;
        var observed = curve.Observed(epoch, seed, start.Trial);
        StudyEvent? end = null;
        if (double.IsNaN(observed))
        {
            end = new TrialFailed(start.Trial);
        }
        else
        {
            var pruned = study.Apply(new MetricReported(start.Trial, epoch, observed)).OfType<StopTrial>().Any();
            if (epoch == LearningCurve.Epochs)
            {
                (best, whole) = (Math.Min(best, curve.True(epoch)), whole + 1);
                end = new TrialCompleted(start.Trial);
            }
            else if (pruned)
            {
                end = new TrialPruned(start.Trial);
            }
        }

        if (end is not null)
            study.Apply(end);
        workers[worker] = end is null ? (start, curve, epoch) : null;
        for (var budget = 0; budget < budgets.Count; budget++)
            marks[budget] = spent <= budgets[budget] ? best : marks[budget];
    }

    private (StartTrial Start, LearningCurve Curve, int Epoch) Begin()
    {
        var start = study.Apply(new TrialsAsked()).OfType<StartTrial>().Single();
        return (start, new LearningCurve(start.Values.ToDictionary()), 0);
    }
}
