using Serverless.Torch.Trainers.Loop;
using Serverless.Training.Sequences;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Translations;

/// <summary>Learns to write a text for a text.</summary>
internal sealed class TranslationTask(TextPairs pairs, TranslationRecipe recipe) : TrainingTask
{
    private const int RowsOfAPass = 64;

    /// <summary>The network.</summary>
    public TranslationNetwork Translator { get; } = new(recipe);

    public override nn.Module Network => Translator;

    public override int Rows => pairs.Learn.Length;

    public override bool HasValidation => pairs.Validate.Length > 0;

    public override (string Name, bool Higher) Watched => ("perplexity", false);

    public override IReadOnlyList<int[]> Batches(int[] order, int batchSize) => LengthBuckets.Batches(order, [.. pairs.Learn.Select(row => pairs.Read[row].Length)], batchSize);

    public override Tensor Loss(int epoch, IReadOnlyList<int> rows, ComputeSite site)
    {
        var (surprise, words) = Surprise([.. rows.Select(row => pairs.Learn[row])], site);
        return surprise / words;
    }

    /// <summary>The perplexity: e to the mean surprise of a word when those before are given.</summary>
    public override IReadOnlyList<Metric> Measure(ComputeSite site)
    {
        var rows = HasValidation ? pairs.Validate : pairs.Held;
        if (rows.Length == 0)
            return [];
        double sum = 0, count = 0;
        foreach (var part in rows.Chunk(RowsOfAPass))
        {
            using var scope = NewDisposeScope();
            var (surprise, words) = Surprise(part, site);
            (sum, count) = (sum + surprise.item<float>(), count + words);
        }

        return [new(Watched.Name, Math.Exp(sum / count))];
    }

    /// <summary>The share of the rows put aside for which exactly the right words are written, and of the right words at their places; nothing when no row is put aside.</summary>
    public IReadOnlyList<Metric> MeasureHeld(ComputeSite site)
    {
        if (pairs.Held.Length == 0)
            return [];
        using var guard = no_grad();
        int exact = 0, right = 0, all = 0;
        foreach (var part in pairs.Held.Chunk(RowsOfAPass))
        {
            using var scope = NewDisposeScope();
            var read = PaddedBatch.Of([.. part.Select(row => pairs.Read[row])]);
            var told = Translator.forward(site.Bring(read.Ids, read.Rows, read.Width)).cpu().data<long>().ToArray().Chunk(recipe.Steps).ToList();
            foreach (var (row, words) in part.Zip(told))
            {
                var hits = pairs.Write[row].Zip(words).Count(pair => pair.First == pair.Second);
                (right, all) = (right + hits, all + pairs.Write[row].Length);
                exact += hits == pairs.Write[row].Length ? 1 : 0;
            }
        }

        return [new("exact_match", (double)exact / pairs.Held.Length), new("word_accuracy", (double)right / all)];
    }

    private (Tensor Surprise, int Words) Surprise(IReadOnlyList<int> rows, ComputeSite site)
    {
        var read = PaddedBatch.Of([.. rows.Select(row => pairs.Read[row])]);
        var write = PaddedBatch.Of([.. rows.Select(row => pairs.Write[row])]);
        var before = PaddedBatch.Of([.. rows.Select(row => (int[])[Vocabulary.Begin, .. pairs.Write[row][..^1]])]);
        var scores = Translator.Scores(site.Bring(read.Ids, read.Rows, read.Width), site.Bring(before.Ids, before.Rows, before.Width)).to(ScalarType.Float32);
        var loss = nn.functional.cross_entropy(scores.reshape(-1, scores.shape[2]), site.Bring(write.Ids, write.Rows * write.Width), ignore_index: Vocabulary.Padding, reduction: nn.Reduction.Sum);
        return (loss, (int)write.Lengths.Sum());
    }
}
