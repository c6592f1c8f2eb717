using Serverless.Jobs.Arguments;
using Serverless.Training.Loops;
using Serverless.Training.Tables;

namespace Serverless.Torch.Trainers.Forecasts;

/// <summary>The arguments of <c>forecast</c>. See <c>docs/algorithms/networks.md</c>.</summary>
internal sealed record ForecastOptions
{
    /// <summary>The column of values.</summary>
    public required string Value { get; init; }

    /// <summary>The column that names the series; null: there is one.</summary>
    public required string? Series { get; init; }

    /// <summary>Values to be told.</summary>
    public required int Horizon { get; init; }

    /// <summary>Values that are shown.</summary>
    public required int Context { get; init; }

    /// <summary>Values a season, which the network sees from one season ago; 1: none.</summary>
    public required int Season { get; init; }

    /// <summary>The share of the values that lies within the interval.</summary>
    public required double Coverage { get; init; }

    /// <summary>Paths that are drawn for a forecast.</summary>
    public required int Samples { get; init; }

    public required LoopOptions Loop { get; init; }

    public required TableFormat Format { get; init; }

    /// <summary>The recurrent state's numbers.</summary>
    public required int Width { get; init; }

    public required int Layers { get; init; }

    public required double Dropout { get; init; }

    /// <summary>What tells checkpoints apart.</summary>
    public string Salt => FormattableString.Invariant($"{Value} {Series} {Horizon} {Context} {Season} {Loop.Fingerprint} {Width} {Layers} {Dropout:R}");

    /// <summary>Reads the arguments; errors are thrown together.</summary>
    public static ForecastOptions Parse(JobArguments given)
    {
        var horizon = (int)given.Integer("horizon", 12, 1, 1000);
        var season = (int)given.Integer("season", 1, 1, 10_000);
        var context = (int)given.Integer("context", Math.Max(2 * horizon, 2 * season), 2, 100_000);
        if (season >= context)
            given.Refuse(FormattableString.Invariant($"--season {season} does not go into --context {context}. Give a context of more values than a season has."));
        var options = new ForecastOptions
        {
            Value = given.RequiredText("value").Trim(),
            Series = given.Text("series", "") is { Length: > 0 } series ? series : null,
            Horizon = horizon,
            Context = context,
            Season = season,
            Coverage = given.Number("coverage", 0.9, 0.01, 0.999),
            Samples = (int)given.Integer("samples", 200, 10, 10_000),
            Loop = LoopOptions.Parse(given, new(Epochs: 30, BatchSize: 64, LearningRate: 5e-3)),
            Format = TableFormat.Parse(given),
            Width = (int)given.Integer("width-of-network", 48, 1, 4096),
            Layers = (int)given.Integer("layers", 2, 1, 8),
            Dropout = given.Number("dropout", 0.1, 0, 0.95),
        };
        given.ThrowIfWrong();
        return options;
    }
}
