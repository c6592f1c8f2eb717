using Serverless.Jobs.Arguments;
using Serverless.Training.Augmentation;
using Serverless.Training.Images;
using Serverless.Training.Images.Sets;
using Serverless.Training.Loops;
using Serverless.Training.Rows;

namespace Serverless.Torch.Trainers.Images;

/// <summary>The arguments of <c>image-classifier</c>. See <c>docs/algorithms/networks.md</c>.</summary>
internal sealed record ImageOptions
{
    /// <summary>Image files; null: pixels are columns.</summary>
    public required ImageSetOptions? Files { get; init; }

    /// <summary>A table whose columns are pixels; null: there are files.</summary>
    public required RowsOptions? Rows { get; init; }

    /// <summary>What the table's columns are; null: there are files.</summary>
    public required ImageShape? Shape { get; init; }

    public required LoopOptions Loop { get; init; }

    public required AugmentationOptions Augmentation { get; init; }

    /// <summary>Whether the network has residual blocks (He et al. 2016) instead of plain layers.</summary>
    public required bool Residual { get; init; }

    /// <summary>The channels of the first stage.</summary>
    public required int Channels { get; init; }

    public required double Dropout { get; init; }

    public required double Smoothing { get; init; }

    /// <summary>What tells checkpoints apart, beside what is read.</summary>
    public string Salt => FormattableString.Invariant($"{Loop.Fingerprint} {Augmentation} {Residual} {Channels} {Dropout:R} {Smoothing:R}");

    /// <summary>Reads the arguments; errors are collected in <paramref name="given"/> and thrown together.</summary>
    public static ImageOptions Parse(JobArguments given)
    {
        var loop = LoopOptions.Parse(given, new(Epochs: 30, BatchSize: 64, LearningRate: 4e-3));
        var augmentation = new AugmentationOptions
        {
            Shift = given.Number("shift", 0.1, 0, 0.5),
            Degrees = given.Number("degrees", 10, 0, 180),
            Zoom = given.Number("zoom", 0.1, 0, 0.5),
            Contrast = given.Number("contrast", 0.1, 0, 0.9),
            Mirror = given.Flag("mirror"),
        };
        var residual = given.Choice("network", "cnn", "cnn", "resnet") == "resnet";
        var channels = (int)given.Integer("width-of-network", residual ? 64 : 32, 4, 1024);
        var (dropout, smoothing) = (given.Number("dropout", 0.25, 0, 0.95), given.Number("label-smoothing", 0.05, 0, 0.5));
        var areFiles = ImageSetOptions.AreMeant(given);
        var options = new ImageOptions
        {
            Files = areFiles ? ImageSetOptions.Parse(given) : null,
            Rows = areFiles ? null : RowsOptions.Parse(given) with { UniformNumbers = true },
            Shape = areFiles ? null : ImageShape.Parse(given),
            Loop = loop,
            Augmentation = augmentation,
            Residual = residual,
            Channels = channels,
            Dropout = dropout,
            Smoothing = smoothing,
        };
        given.ThrowIfWrong();
        return options;
    }
}
