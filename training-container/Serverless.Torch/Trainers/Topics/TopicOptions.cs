using Serverless.Jobs.Arguments;
using Serverless.Training.Loops;
using Serverless.Training.Tables;

namespace Serverless.Torch.Trainers.Topics;

/// <summary>The arguments of <c>topics</c>. See <c>docs/algorithms/networks.md</c>.</summary>
internal sealed record TopicOptions
{
    public required string Text { get; init; }

    public required int Topics { get; init; }

    /// <summary>The greatest number of words that are counted.</summary>
    public required int MaxWords { get; init; }

    /// <summary>A word counts when so many documents have it, …</summary>
    public required int MinDocuments { get; init; }

    /// <summary>… and no more than this share of them.</summary>
    public required double MaxShare { get; init; }

    /// <summary>So many words of a document are read.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Words that stand for a topic.</summary>
    public required int TopWords { get; init; }

    public required int Width { get; init; }

    public required double Dropout { get; init; }

    public required LoopOptions Loop { get; init; }

    public required TableFormat Format { get; init; }

    /// <summary>What tells checkpoints apart.</summary>
    public string Salt => FormattableString.Invariant($"{Text} {Topics} {MaxWords} {MinDocuments} {MaxShare:R} {MaxLength} {Width} {Dropout:R} {Loop.Fingerprint} {Loop.Holdout:R}");

    /// <summary>Reads the arguments; errors are thrown together.</summary>
    public static TopicOptions Parse(JobArguments given)
    {
        var options = new TopicOptions
        {
            Text = given.RequiredText("text").Trim(),
            Topics = (int)given.Integer("topics", 20, 2, 1000),
            MaxWords = (int)given.Integer("max-words", 2000, 2, 100_000),
            MinDocuments = (int)given.Integer("min-documents", 5, 1, 1_000_000),
            MaxShare = given.Number("max-share", 0.5, 1e-6, 1),
            MaxLength = (int)given.Integer("max-length", 2000, 2, 1_000_000),
            TopWords = (int)given.Integer("top-words", 10, 2, 100),
            Width = (int)given.Integer("width-of-network", 100, 1, 4096),
            Dropout = given.Number("dropout", 0.2, 0, 0.95),
            Loop = LoopOptions.Parse(given, new(Epochs: 80, BatchSize: 128, LearningRate: 5e-3, WeightDecay: 0)),
            Format = TableFormat.Parse(given),
        };
        given.ThrowIfWrong();
        return options;
    }
}
