using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Augmentation;
using Serverless.Training.Images;
using Serverless.Training.Images.Sets;
using Serverless.Training.Scores;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Images;

/// <summary>Learns the classes of images.</summary>
internal sealed class ImageTask : TrainingTask
{
    private readonly ImageOptions options;
    private readonly LearningImages data;
    private readonly ImageShape shape;
    private readonly RowParts parts;
    private readonly AugmentationPlan changes;

    public ImageTask(ImageOptions options, LearningImages data, ImageRecipe recipe)
    {
        (this.options, this.data, shape) = (options, data, recipe.Shape);
        parts = RowParts.Of(data.Learn.Labels, data.Labels.Names.Count, options.Loop);
        changes = new(options.Augmentation, options.Loop.Seed);
        Classifier = recipe.Network();
    }

    /// <summary>The network.</summary>
    public nn.Module<Tensor, Tensor> Classifier { get; }

    public override nn.Module Network => Classifier;

    public override int Rows => parts.Learn.Count;

    public override bool HasValidation => parts.Validate.Count > 0;

    public override (string Name, bool Higher) Watched => (ClassMetrics.LogLoss, false);

    public override Tensor Loss(int epoch, IReadOnlyList<int> rows, ComputeSite site)
    {
        int[] chosen = [.. rows.Select(row => parts.Learn[row])];
        var images = Images(data.Learn, chosen, epoch).to(site.Type, site.Device);
        var labels = site.Bring([.. chosen.Select(row => (long)data.Learn.Labels[row])], chosen.Length);
        return nn.functional.cross_entropy(Classifier.forward(images).to(ScalarType.Float32), labels, label_smoothing: options.Smoothing);
    }

    public override IReadOnlyList<Metric> Measure(ComputeSite site) =>
        HasValidation ? ClassMetrics.Of(Score(data.Learn, parts.Validate, site))
        : data.Held.Count > 0 ? ClassMetrics.Of(Score(data.Held, [.. Enumerable.Range(0, data.Held.Count)], site))
        : [];

    /// <summary>Scores the rows that were put aside for the end, when the network is trained; null when none were.</summary>
    public ClassificationScores? MeasureHeld(ComputeSite site)
    {
        using var guard = no_grad();
        return data.Held.Count == 0 ? null : Score(data.Held, [.. Enumerable.Range(0, data.Held.Count)], site with { Type = ScalarType.Float32 });
    }

    private ClassificationScores Score(ImageRows images, IReadOnlyList<int> rows, ComputeSite site) =>
        ClassMetrics.Score([.. rows.Select(row => images.Labels[row])], data.Labels.Names.Count, shape.Pixels,
            (first, last) => Classifier.forward(Images(images, [.. rows.Skip(first).Take(last - first)]).to(site.Type, site.Device)));

    /// <summary>Images, changed as the plan has it for an epoch. What comes in from outside a changed image is black, a pixel of 0.</summary>
    private Tensor Images(ImageRows images, int[] rows, int? epoch = null)
    {
        var pixels = new float[rows.Length * shape.Pixels];
        var own = new float[shape.Pixels];
        var plane = shape.Height * shape.Width;
        for (var i = 0; i < rows.Length; i++)
        {
            var target = pixels.AsMemory(i * own.Length, own.Length);
            if (epoch is not { } now)
            {
                images.Read(rows[i], target);
                continue;
            }

            images.Read(rows[i], own);
            for (var pixel = 0; pixel < own.Length; pixel++)
                own[pixel] -= data.Black[pixel / plane];
            ImageWarp.Apply(own, target.Span, shape.Channels, shape.Height, shape.Width, changes.ChangeOf(now, rows[i]));
            for (var pixel = 0; pixel < own.Length; pixel++)
                target.Span[pixel] += data.Black[pixel / plane];
        }

        return tensor(pixels).reshape(rows.Length, shape.Channels, shape.Height, shape.Width);
    }
}
