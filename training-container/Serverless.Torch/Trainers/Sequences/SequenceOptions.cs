using Serverless.Jobs.Arguments;
using Serverless.Training.Loops;
using Serverless.Training.Sequences;
using Serverless.Training.Tables;

namespace Serverless.Torch.Trainers.Sequences;

/// <summary>The arguments of <c>sequence-classifier</c>. See <c>docs/algorithms/networks.md</c>.</summary>
internal sealed record SequenceOptions
{
    public required string Text { get; init; }

    public required string Target { get; init; }

    public required TextLimits Limits { get; init; }

    public required LoopOptions Loop { get; init; }

    public required TableFormat Format { get; init; }

    /// <summary>Whether the network reads word after word (GRU) instead of neighbours (convolutions).</summary>
    public required bool Recurrent { get; init; }

    /// <summary>Numbers for a word.</summary>
    public required int Embedding { get; init; }

    /// <summary>Channels, or the recurrent state's numbers.</summary>
    public required int Width { get; init; }

    public required double Dropout { get; init; }

    /// <summary>What tells checkpoints apart.</summary>
    public string Salt => FormattableString.Invariant($"{Text} {Target} {Limits} {Loop.Fingerprint} {Loop.Holdout:R} {Recurrent} {Embedding} {Width} {Dropout:R}");

    /// <summary>Reads the arguments; errors are thrown together.</summary>
    public static SequenceOptions Parse(JobArguments given)
    {
        var options = new SequenceOptions
        {
            Text = given.RequiredText("text").Trim(),
            Target = given.RequiredText("target").Trim(),
            Limits = TextLimits.Parse(given, 256),
            Loop = LoopOptions.Parse(given, new(Epochs: 12, BatchSize: 32, LearningRate: 2e-3, Patience: 3)),
            Format = TableFormat.Parse(given),
            Recurrent = given.Choice("network", "cnn", "cnn", "gru") == "gru",
            Embedding = (int)given.Integer("embedding", 64, 1, 4096),
            Width = (int)given.Integer("width-of-network", 96, 1, 4096),
            Dropout = given.Number("dropout", 0.3, 0, 0.95),
        };
        given.ThrowIfWrong();
        return options;
    }
}
