using Serverless.Tuning.CovarianceAdaptation;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.CmaEs;

/// <summary>
/// Evolution with covariance matrix adaptation (Hansen, The CMA Evolution Strategy: A Tutorial, 2016) over the numbers that are always there, with a margin for those with
/// steps, and restarts. Choices and conditional parameters are drawn by chance. A point outside the range is drawn again, at last moved to the bound.
/// A generation ends when as many of its trials have ended as it has points; with more workers than that, its late trials are not waited for.
/// </summary>
/// <param name="options">How it begins and begins again.</param>
public sealed class CmaEsSampler(CmaEsOptions options) : ISampler
{
    private const int MaxDraws = 100;
    private SearchSpace? space;
    private Dimension[] numbers = [];
    private EvolutionState? last;

    /// <summary>With the settings that the tutorial advises.</summary>
    public CmaEsSampler()
        : this(new CmaEsOptions())
    {
    }

    /// <inheritdoc/>
    public string Name => "cma-es";

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        if (space != history.Space)
        {
            space = history.Space;
            numbers = [.. space.Dimensions.Where(dimension => dimension is { Kind: DimensionKind.Continuous or DimensionKind.Stepped or DimensionKind.Ordinal, Parameter.When: null })];
        }

        var point = UniformPoints.Draw(space, random);
        if (numbers.Length == 0)
            return new Proposal(point);
        var first = Math.Max(4, options.Population ?? EvolutionSettings.DefaultPopulation(numbers.Length));
        var strategy = Settle(Strategy.Read(memory, numbers.Length) ?? Strategy.Begin([.. numbers.Select(_ => 0.5)], options.Step, first), history, first, random);
        var step = Draw(strategy, random);
        for (var i = 0; i < numbers.Length; i++)
            point[numbers[i].Index] = numbers[i].FromUnit(At(strategy, step, i));
        // A number that is searched may be what decides whether others are there.
        foreach (var dimension in space.Dimensions.Where(dimension => double.IsNaN(point[dimension.Index])))
            point[dimension.Index] = dimension.FromUnit(random.NextUniform());
        return new Proposal(point) { Memory = (strategy with { Asked = [.. strategy.Asked, (history.Trials.Count, step)] }).Write() };
    }

    /// <summary>Advances as soon as a generation's trials have ended; begins again where the strategy has come to its end.</summary>
    private Strategy Settle(Strategy strategy, TrialHistory history, int first, RandomSource random)
    {
        // What was derived from the same state before is still good.
        if (last is not null && last.Covariance == strategy.State.Covariance && last.Step == strategy.State.Step && last.Mean == strategy.State.Mean)
            strategy = strategy with { State = last };
        last = strategy.State;
        var ended = strategy.Asked.Where(asked => asked.Trial < history.Trials.Count && history.Trials[asked.Trial] is { Origin: TrialOrigin.Sampled, Status: not TrialStatus.Running })
            .Select(asked => (Loss: LossOf(history, history.Trials[asked.Trial]), asked.Step)).Take(strategy.Population).ToList();
        if (ended.Count < strategy.Population)
            return strategy;
        ended = [.. ended.OrderBy(pair => pair.Loss)];
        var settings = new EvolutionSettings(numbers.Length, strategy.Population);
        var state = strategy.State.Advance(settings, [.. ended.Select(pair => pair.Step)], strategy.Stretch);
        double[] losses = [.. strategy.Losses, ended[0].Loss, ended[^1].Loss];
        var advanced = WithMargin(strategy with { State = state, Losses = losses[Math.Max(0, losses.Length - 2 * StoppingRule.Window(settings))..], Asked = [] });
        if (StoppingRule.Holds(settings, advanced.State, advanced.FirstStep, advanced.Losses))
            advanced = advanced.Restart(options, first, random);
        last = advanced.State;
        return advanced;
    }

    /// <summary>A failed trial is worse than any; a pruned one is what it last reported.</summary>
    private static double LossOf(TrialHistory history, Trial trial) => trial.Status switch
    {
        TrialStatus.Complete => history.Loss(trial),
        TrialStatus.Pruned when trial.Curves[0].Count > 0 && !double.IsNaN(trial.Curves[0].Values[^1]) => history.Objectives[0].Loss(trial.Curves[0].Values[^1]),
        _ => double.MaxValue,
    };

    private double[] Draw(Strategy strategy, RandomSource random)
    {
        var z = new double[numbers.Length];
        var step = z;
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            for (var i = 0; i < z.Length; i++)
                z[i] = random.NextNormal();
            step = strategy.State.Shape(z);
            if (Enumerable.Range(0, z.Length).All(i => At(strategy, step, i) is >= 0 and <= 1))
                return step;
        }

        for (var i = 0; i < step.Length; i++)
            step[i] = (Math.Clamp(At(strategy, step, i), 0, 1) - strategy.State.Mean[i]) / (strategy.State.Step * strategy.Stretch[i]);
        return step;
    }

    private static double At(Strategy strategy, double[] step, int i) => strategy.State.Mean[i] + strategy.State.Step * strategy.Stretch[i] * step[i];

    private Strategy WithMargin(Strategy strategy)
    {
        double[] mean = [.. strategy.State.Mean.Select(value => Math.Clamp(value, 0, 1))], stretch = [.. strategy.Stretch];
        var n = numbers.Length;
        for (var i = 0; i < n; i++)
        {
            if (numbers[i].Step == 0)
                continue;
            var value = numbers[i].FromUnit(mean[i]);
            double? below = value <= numbers[i].Low ? null : Border(numbers[i], value, -1), above = value >= numbers[i].High ? null : Border(numbers[i], value, 1);
            var deviation = strategy.State.Step * Math.Sqrt(strategy.State.Covariance[i * n + i]);
            (mean[i], stretch[i]) = Margin.Correct(mean[i], deviation, stretch[i], below, above, 1.0 / (n * strategy.Population));
        }

        return strategy with { State = strategy.State with { Mean = mean }, Stretch = stretch };
    }

    /// <summary>Where in [0, 1] a value's neighbour begins.</summary>
    private static double Border(Dimension number, double value, int side) => number.ToUnit(value + side * number.Step / 2);
}
