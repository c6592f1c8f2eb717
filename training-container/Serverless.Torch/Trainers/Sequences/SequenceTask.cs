using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Scores;
using Serverless.Training.Sequences;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Sequences;

/// <summary>Learns the classes of texts.</summary>
internal sealed class SequenceTask(LabelledTexts texts, SequenceRecipe recipe) : TrainingTask
{
    private const int MostWords = 256; // of a text, as a rule
    private readonly SequenceNetwork network = new(recipe);

    /// <summary>The network.</summary>
    public SequenceNetwork Classifier => network;

    public override nn.Module Network => network;

    public override int Rows => texts.Learn.Count;

    public override bool HasValidation => texts.Validate.Count > 0;

    public override (string Name, bool Higher) Watched => (ClassMetrics.LogLoss, false);

    public override IReadOnlyList<int[]> Batches(int[] order, int batchSize) =>
        LengthBuckets.Batches(order, [.. texts.Learn.Select(row => texts.Ids[row].Length)], batchSize);

    public override Tensor Loss(int epoch, IReadOnlyList<int> rows, ComputeSite site)
    {
        int[] chosen = [.. rows.Select(row => texts.Learn[row])];
        var labels = site.Bring([.. chosen.Select(row => (long)texts.Classes[row])], chosen.Length);
        return nn.functional.cross_entropy(Scores(chosen, site).to(ScalarType.Float32), labels);
    }

    public override IReadOnlyList<Metric> Measure(ComputeSite site) =>
        HasValidation ? ClassMetrics.Of(Score(texts.Validate, site))
        : texts.Held.Count > 0 ? ClassMetrics.Of(Score(texts.Held, site))
        : [];

    /// <summary>Scores the texts that were put aside for the end, when the network is trained; null when none were.</summary>
    public ClassificationScores? MeasureHeld(ComputeSite site)
    {
        using var guard = no_grad();
        return texts.Held.Count == 0 ? null : Score(texts.Held, site);
    }

    private ClassificationScores Score(IReadOnlyList<int> rows, ComputeSite site) =>
        ClassMetrics.Score([.. rows.Select(row => texts.Classes[row])], texts.Labels.Names.Count, MostWords, (first, last) => Scores([.. rows.Skip(first).Take(last - first)], site));

    private Tensor Scores(int[] rows, ComputeSite site)
    {
        var batch = PaddedBatch.Of([.. rows.Select(row => texts.Ids[row])]);
        return network.forward(site.Bring(batch.Ids, batch.Rows, batch.Width));
    }
}
