using Serverless.Tuning.Randomness;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Planning;

/// <summary>How the trials of one simulated study go: how long each takes, whether it fails, what it reports and when.</summary>
internal sealed class TrialCourses
{
    private const double Hour = 3_600;

    private readonly StudyScenario scenario;
    private readonly bool reports;
    private readonly Func<RandomSource, double> seconds;
    private readonly CurveModel curves;

    public TrialCourses(StudyScenario scenario, SearchSpace space, bool reports, RandomSource random)
    {
        (this.scenario, this.reports) = (scenario, reports);
        seconds = scenario.Trial.Times.Draw(random);
        curves = new CurveModel(scenario.Trial.Curves, space, random);
    }

    /// <summary>How many reports a whole trial makes.</summary>
    private int Reports => Math.Max(1, (scenario.Trial.Steps + scenario.Trial.Stride - 1) / scenario.Trial.Stride);

    /// <summary>A trial.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="trial">Its point.</param>
    /// <param name="random">Its luck.</param>
    public SimulatedTrial Draw(int number, Trial trial, RandomSource random)
    {
        var whole = Math.Max(1e-3, seconds(random));
        double? fails = random.NextUniform() < scenario.Trial.FailureShare ? whole * random.NextUniform() : null;
        return new SimulatedTrial(number, whole, fails, curves.Draw(reports ? Reports : 1, trial.Point, random));
    }

    /// <summary>How long the trial's attempt lasts when nobody stops it.</summary>
    public double Length(SimulatedTrial trial) => Math.Min(Math.Min(trial.Seconds, trial.FailsAfter ?? double.PositiveInfinity), Most(trial));

    /// <summary>Whether it comes to its end by itself, and well.</summary>
    public bool IsWhole(SimulatedTrial trial) => trial.FailsAfter is null && trial.Seconds <= Most(trial);

    /// <summary>After how long in its attempt a trial makes a report.</summary>
    public double ReportAfter(SimulatedTrial trial, int report) => trial.Seconds * Step(report) / Math.Max(1, scenario.Trial.Steps);

    /// <summary>The step of a report; steps count from 1.</summary>
    public int Step(int report) => Math.Max(1, Math.Min((report + 1) * scenario.Trial.Stride, scenario.Trial.Steps));

    /// <summary>What the limits of its job leave an attempt.</summary>
    private double Most(SimulatedTrial trial) =>
        scenario.Trial.MaxCost is { } most && scenario.Pool.PricePerHour > 0
            ? Math.Clamp((double)most * Hour / (double)scenario.Pool.PricePerHour - trial.Spent, 0, scenario.Trial.MaxRunSeconds)
            : scenario.Trial.MaxRunSeconds;
}
