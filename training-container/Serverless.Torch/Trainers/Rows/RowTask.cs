using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Features;
using Serverless.Training.Rows;
using Serverless.Training.Scores;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Rows;

/// <summary>Learns the classes of rows.</summary>
internal sealed class RowTask : TrainingTask
{
    private readonly LearningRows data;
    private readonly RowParts parts;
    private readonly RowBatches batches;

    public RowTask(RowNetworkOptions options, LearningRows data)
    {
        this.data = data;
        parts = RowParts.Of(data.Learn.Labels, data.Labels.Names.Count, options.Loop);
        RowNetwork = new(data.Plan, options, data.Labels.Names.Count);
        batches = new(RowNetwork, data.Plan);
    }

    /// <summary>The network.</summary>
    public RowNetwork RowNetwork { get; }

    public override nn.Module Network => RowNetwork;

    public override int Rows => parts.Learn.Count;

    public override bool HasValidation => parts.Validate.Count > 0;

    public override (string Name, bool Higher) Watched => (ClassMetrics.LogLoss, false);

    public override Tensor Loss(int epoch, IReadOnlyList<int> rows, ComputeSite site)
    {
        int[] chosen = [.. rows.Select(row => parts.Learn[row])];
        var labels = site.Bring([.. chosen.Select(row => (long)data.Learn.Labels[row])], chosen.Length);
        return nn.functional.cross_entropy(batches.Forward(data.Learn, chosen, site).to(ScalarType.Float32), labels);
    }

    public override IReadOnlyList<Metric> Measure(ComputeSite site) =>
        HasValidation ? ClassMetrics.Of(Score(data.Learn, parts.Validate, site))
        : data.Held.Rows > 0 ? ClassMetrics.Of(Score(data.Held, [.. Enumerable.Range(0, data.Held.Rows)], site))
        : [];

    /// <summary>Scores the rows that were put aside for the end, when the network is trained; null when none were.</summary>
    public ClassificationScores? MeasureHeld(ComputeSite site)
    {
        using var guard = no_grad();
        return data.Held.Rows == 0 ? null : Score(data.Held, [.. Enumerable.Range(0, data.Held.Rows)], site with { Type = ScalarType.Float32 });
    }

    private ClassificationScores Score(FeatureMatrix matrix, IReadOnlyList<int> rows, ComputeSite site) =>
        ClassMetrics.Score([.. rows.Select(row => matrix.Labels[row])], data.Labels.Names.Count, matrix.DenseCount + matrix.CategoryCount, (first, last) => batches.Forward(matrix, [.. rows.Skip(first).Take(last - first)], site));
}
