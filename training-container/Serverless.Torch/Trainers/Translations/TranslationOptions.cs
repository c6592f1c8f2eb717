using Serverless.Jobs.Arguments;
using Serverless.Training.Loops;
using Serverless.Training.Sequences;
using Serverless.Training.Tables;

namespace Serverless.Torch.Trainers.Translations;

/// <summary>The arguments of <c>sequence-to-sequence</c>. See <c>docs/algorithms/networks.md</c>.</summary>
internal sealed record TranslationOptions
{
    /// <summary>The column of texts that are read.</summary>
    public required string Text { get; init; }

    /// <summary>The column of texts that are to be written.</summary>
    public required string Target { get; init; }

    public required TextLimits Limits { get; init; }

    /// <summary>Words that are written at most, the end among them: each is a step in the model's graph.</summary>
    public required int MaxWritten { get; init; }

    public required LoopOptions Loop { get; init; }

    public required TableFormat Format { get; init; }

    public required int Embedding { get; init; }

    public required int Width { get; init; }

    public required double Dropout { get; init; }

    /// <summary>What tells checkpoints apart.</summary>
    public string Salt => FormattableString.Invariant($"{Text} {Target} {Limits} {MaxWritten} {Loop.Fingerprint} {Loop.Holdout:R} {Embedding} {Width} {Dropout:R}");

    /// <summary>Reads the arguments; errors are thrown together.</summary>
    public static TranslationOptions Parse(JobArguments given)
    {
        var options = new TranslationOptions
        {
            Text = given.RequiredText("text").Trim(),
            Target = given.RequiredText("target").Trim(),
            Limits = TextLimits.Parse(given, 64),
            MaxWritten = (int)given.Integer("max-written", 24, 2, 128),
            Loop = LoopOptions.Parse(given, new(Epochs: 20, BatchSize: 64, LearningRate: 3e-3, Patience: 3)),
            Format = TableFormat.Parse(given),
            Embedding = (int)given.Integer("embedding", 64, 1, 4096),
            Width = (int)given.Integer("width-of-network", 128, 1, 4096),
            Dropout = given.Number("dropout", 0.2, 0, 0.95),
        };
        given.ThrowIfWrong();
        return options;
    }
}
