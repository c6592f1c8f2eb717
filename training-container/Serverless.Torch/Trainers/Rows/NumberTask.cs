using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Features;
using Serverless.Training.Rows;
using Serverless.Training.Scores;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Rows;

/// <summary>Learns a number of each row.</summary>
internal sealed class NumberTask : TrainingTask
{
    private const int RowsOfAPass = 1024;
    private const string Rmse = "rmse";
    private readonly LearningRows data;
    private readonly NumberTarget target;
    private readonly RowParts parts;
    private readonly RowBatches batches;

    public NumberTask(RowNetworkOptions options, LearningRows data)
    {
        (this.data, target) = (data, data.Target!);
        parts = RowParts.Of(data.Learn.Labels, 1, options.Loop);
        RowNetwork = new(data.Plan, options, 1);
        batches = new(RowNetwork, data.Plan);
    }

    /// <summary>The network.</summary>
    public RowNetwork RowNetwork { get; }

    public override nn.Module Network => RowNetwork;

    public override int Rows => parts.Learn.Count;

    public override bool HasValidation => parts.Validate.Count > 0;

    public override (string Name, bool Higher) Watched => (Rmse, false);

    public override Tensor Loss(int epoch, IReadOnlyList<int> rows, ComputeSite site)
    {
        int[] chosen = [.. rows.Select(row => parts.Learn[row])];
        var truth = tensor([.. chosen.Select(row => target.Scaled(target.Learn[row]))]).to(site.Device);
        return nn.functional.mse_loss(batches.Forward(data.Learn, chosen, site).to(ScalarType.Float32).squeeze(1), truth);
    }

    public override IReadOnlyList<Metric> Measure(ComputeSite site) =>
        HasValidation ? Metrics(Score(data.Learn, target.Learn, parts.Validate, site))
        : data.Held.Rows > 0 ? Metrics(Score(data.Held, target.Held, [.. Enumerable.Range(0, data.Held.Rows)], site))
        : [];

    /// <summary>Scores the rows that were put aside for the end, when the network is trained; null when none were.</summary>
    public RegressionScores? MeasureHeld(ComputeSite site)
    {
        using var guard = no_grad();
        return data.Held.Rows == 0 ? null : Score(data.Held, target.Held, [.. Enumerable.Range(0, data.Held.Rows)], site with { Type = ScalarType.Float32 });
    }

    /// <summary>The scores as metrics.</summary>
    public static IReadOnlyList<Metric> Metrics(RegressionScores scores) => [new(Rmse, scores.Rmse), new("mae", scores.Mae), new("r2", scores.R2)];

    private RegressionScores Score(FeatureMatrix matrix, IReadOnlyList<double> truth, IReadOnlyList<int> rows, ComputeSite site)
    {
        List<double> told = [];
        foreach (var part in rows.Chunk(RowsOfAPass))
        {
            using var scope = NewDisposeScope();
            foreach (var scaled in batches.Forward(matrix, part, site).to(ScalarType.Float32).squeeze(1).cpu().data<float>())
                told.Add(target.Value(scaled));
        }

        return RegressionScores.Of([.. rows.Select(row => truth[row])], [.. told]);
    }
}
