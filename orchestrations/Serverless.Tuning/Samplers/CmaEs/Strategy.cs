using Serverless.Tuning.CovarianceAdaptation;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;

namespace Serverless.Tuning.Samplers.CmaEs;

/// <summary>An evolution strategy between two proposals, as rows of numbers and back.</summary>
internal sealed record Strategy
{
    private const string CourseRow = "course", MeanRow = "mean", CovarianceRow = "covariance", StepPathRow = "step-path", CovariancePathRow = "covariance-path",
        StretchRow = "stretch", LossesRow = "losses", AskedRow = "asked";

    /// <summary>The distribution.</summary>
    public required EvolutionState State { get; init; }

    /// <summary>Points in a generation.</summary>
    public required int Population { get; init; }

    /// <summary>The step size that the run began with.</summary>
    public required double FirstStep { get; init; }

    /// <summary>What each coordinate is stretched by, for the sake of steps.</summary>
    public required double[] Stretch { get; init; }

    /// <summary>How many times the population was doubled.</summary>
    public int Doublings { get; init; }

    /// <summary>Trials that large populations took, less those that small ones took.</summary>
    public long Balance { get; init; }

    /// <summary>The run has a small population.</summary>
    public bool IsSmall { get; init; }

    /// <summary>The best and the worst loss of the last generations.</summary>
    public double[] Losses { get; init; } = [];

    /// <summary>The trials of the generation, each with its step.</summary>
    public IReadOnlyList<(int Trial, double[] Step)> Asked { get; init; } = [];

    /// <summary>A run at its beginning.</summary>
    public static Strategy Begin(double[] mean, double step, int population) => new()
    {
        State = EvolutionState.Begin(mean, step),
        Population = population,
        FirstStep = step,
        Stretch = [.. mean.Select(_ => 1.0)],
    };

    /// <summary>What the memory has; null: nothing, or of another space.</summary>
    public static Strategy? Read(SamplerMemory memory, int dimension)
    {
        if (memory.Row(CourseRow) is not [var population, var firstStep, var step, var generation, var doublings, var balance, var small] || memory.Row(MeanRow) is not { } mean || mean.Length != dimension)
            return null;
        return new Strategy
        {
            State = new EvolutionState(mean, step, memory.Row(CovarianceRow)!, memory.Row(StepPathRow)!, memory.Row(CovariancePathRow)!, (int)generation),
            Population = (int)population,
            FirstStep = firstStep,
            Stretch = memory.Row(StretchRow)!,
            Doublings = (int)doublings,
            Balance = (long)balance,
            IsSmall = small != 0,
            Losses = memory.Row(LossesRow)!,
            Asked = [.. memory.Row(AskedRow)!.Chunk(dimension + 1).Select(chunk => ((int)chunk[0], chunk[1..]))],
        };
    }

    /// <summary>What the memory is to have.</summary>
    public SamplerMemory Write() => new(new Dictionary<string, double[]>
    {
        [CourseRow] = [Population, FirstStep, State.Step, State.Generation, Doublings, Balance, IsSmall ? 1 : 0],
        [MeanRow] = State.Mean,
        [CovarianceRow] = State.Covariance,
        [StepPathRow] = State.StepPath,
        [CovariancePathRow] = State.CovariancePath,
        [StretchRow] = Stretch,
        [LossesRow] = Losses,
        [AskedRow] = [.. Asked.SelectMany(asked => (double[])[asked.Trial, .. asked.Step])],
    });

    /// <summary>The run after this one, somewhere else.</summary>
    public Strategy Restart(CmaEsOptions options, int first, RandomSource random)
    {
        double[] mean = [.. State.Mean.Select(_ => random.NextUniform())];
        var taken = (long)State.Generation * Population;
        var balance = IsSmall ? Balance - taken : Doublings > 0 ? Balance + taken : 0; // the very first run counts for neither
        if (options.Restart == CmaEsRestart.Same)
            return Begin(mean, options.Step, first);
        if (options.Restart == CmaEsRestart.Ipop || balance <= 0)
            return Begin(mean, options.Step, first << Math.Min(Doublings + 1, 10)) with { Doublings = Doublings + 1, Balance = balance };
        var large = Math.Pow(2, Doublings);
        var small = (int)Math.Floor(first * Math.Pow(0.5 * Math.Max(2, large), Math.Pow(random.NextUniform(), 2)));
        return Begin(mean, options.Step * Math.Pow(10, -2 * random.NextUniform()), small) with { Doublings = Doublings, Balance = balance, IsSmall = true };
    }
}
