using System.Globalization;
using Serverless.Jobs.Arguments;
using Serverless.Training.Schedules;

namespace Serverless.Training.Loops;

/// <summary>What every trainer of networks takes: how long, how fast, on what, and when to stop. See <c>docs/torch.md</c>.</summary>
internal sealed record LoopOptions
{
    /// <summary>Rounds over the rows.</summary>
    public required int Epochs { get; init; }

    /// <summary>Rows of a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The greatest learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How the learning rate goes on.</summary>
    public required ScheduleKind Schedule { get; init; }

    /// <summary>The share of the steps over which the rate rises from nothing.</summary>
    public required double Warmup { get; init; }

    /// <summary>The decay of weights in each step, times the rate (Loshchilov and Hutter 2019). Biases and norms do not decay.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>Gradients longer than this are shortened to it; 0: they are not.</summary>
    public required double Clip { get; init; }

    /// <summary>Batches whose gradients are added for one step.</summary>
    public required int Accumulate { get; init; }

    /// <summary>Epochs without a better value on the rows that are validated on, after which a run ends; 0: it never does.</summary>
    public required int Patience { get; init; }

    /// <summary>The share of the rows to validate on; they are neither learnt from nor part of what is measured at the end.</summary>
    public required double Validation { get; init; }

    /// <summary>The share of the rows to measure on at the end.</summary>
    public required double Holdout { get; init; }

    /// <summary>Where to compute.</summary>
    public required DeviceWish Device { get; init; }

    /// <summary>In what to compute.</summary>
    public required ComputePrecision Precision { get; init; }

    /// <summary>The seed of all that is drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>Threads of the processor; 0: as many as it has cores.</summary>
    public required int Threads { get; init; }

    /// <summary>A checkpoint after each so many epochs; null: about every ten seconds.</summary>
    public required int? CheckpointEvery { get; init; }

    /// <summary>How long the process that exports the trained network may take.</summary>
    public required TimeSpan ExportLimit { get; init; }

    /// <summary>How much memory it may take; null: what the machine has beside the trainer.</summary>
    public required long? ExportMemoryBytes { get; init; }

    /// <summary>What tells a run's checkpoints from those of a run that would take other steps.</summary>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture,
        $"{Epochs} {BatchSize} {LearningRate:R} {Schedule} {Warmup:R} {WeightDecay:R} {Clip:R} {Accumulate} {Patience} {Validation:R} {Precision} {Seed}");

    /// <summary>Reads the arguments; errors are collected in <paramref name="given"/>.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="defaults">What counts where nothing is given.</param>
    public static LoopOptions Parse(JobArguments given, LoopDefaults defaults)
    {
        var patience = (int)given.Integer("patience", defaults.Patience, 0, 10_000);
        return new()
        {
            Epochs = (int)given.Integer("epochs", defaults.Epochs, 1, 100_000),
            BatchSize = (int)given.Integer("batch-size", defaults.BatchSize, 1, 1 << 20),
            LearningRate = given.Number("learning-rate", defaults.LearningRate, 1e-9, 10),
            Schedule = given.Choice("schedule", Word(defaults.Schedule), "constant", "cosine", "one-cycle") switch { "constant" => ScheduleKind.Constant, "cosine" => ScheduleKind.Cosine, _ => ScheduleKind.OneCycle },
            Warmup = given.Number("warmup", 0, 0, 0.5),
            WeightDecay = given.Number("weight-decay", defaults.WeightDecay, 0, 10),
            Clip = given.Number("clip", 1, 0, 1e6),
            Accumulate = (int)given.Integer("accumulate", 1, 1, 10_000),
            Patience = patience,
            Validation = given.Number("validation", patience > 0 ? 0.1 : 0, 0, 0.5),
            Holdout = given.Number("holdout", 0.2, 0, 0.9),
            Device = DeviceWish.Parse(given),
            Precision = given.Choice("precision", "float32", "float32", "bfloat16", "float16") switch { "bfloat16" => ComputePrecision.BFloat16, "float16" => ComputePrecision.Float16, _ => ComputePrecision.Float32 },
            Seed = (int)given.Integer("seed", 0, 0, int.MaxValue),
            Threads = (int)given.Integer("threads", 0, 0, 1024),
            ExportLimit = TimeSpan.FromSeconds(given.Integer("export-seconds", 1800, 1, 86_400)),
            ExportMemoryBytes = given.Integer("export-memory", 0, 64, 1 << 24) is > 0 and var mebibytes ? mebibytes << 20 : null,
            CheckpointEvery = given.Integer("checkpoint-every", 0, 1) is > 0 and var every ? (int)Math.Min(every, int.MaxValue) : null,
        };
    }

    /// <summary>The rate of each step of a run.</summary>
    /// <param name="batches">The batches of an epoch.</param>
    public LearningRateSchedule RateOver(int batches)
    {
        var steps = (long)StepsOf(batches) * Epochs;
        return new(Schedule, LearningRate, steps, (long)(Warmup * steps));
    }

    /// <summary>The steps of an epoch.</summary>
    /// <param name="batches">Its batches.</param>
    public int StepsOf(int batches) => (batches + Accumulate - 1) / Accumulate;

    private static string Word(ScheduleKind kind) => kind switch
    {
        ScheduleKind.Constant => "constant",
        ScheduleKind.Cosine => "cosine",
        ScheduleKind.OneCycle => "one-cycle",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such schedule."),
    };
}
