using Serverless.Training.Images;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Images;

/// <summary>Networks that classify images: [N, channels, height, width] to [N, classes].</summary>
internal static class ImageNetworks
{
    private const int HiddenWidth = 128;

    /// <summary>Two convolutions a stage, and pooling.</summary>
    public static nn.Module<Tensor, Tensor> Plain(ImageShape shape, int channels, int classes, double dropout)
    {
        var plan = ConvolutionPlan.Of(shape, channels);
        List<(string, nn.Module<Tensor, Tensor>)> layers = [];
        var before = shape.Channels;
        var (height, width) = (shape.Height, shape.Width);
        foreach (var (stage, wide) in plan.Channels.Index())
        {
            layers.AddRange(Convolution($"stage{stage + 1}a", before, wide));
            layers.AddRange(Convolution($"stage{stage + 1}b", wide, wide));
            if (Math.Min(height, width) > 1)
                layers.Add(($"pool{stage + 1}", nn.MaxPool2d(2)));
            (before, height, width) = (wide, height / 2, width / 2);
        }

        return nn.Sequential([.. layers, .. Head(plan, before, classes, dropout)]);
    }

    /// <summary>Two residual blocks a stage: with images of 32 pixels and more and 64 channels it is ResNet-18 with the stem for small images.</summary>
    public static nn.Module<Tensor, Tensor> Residual(ImageShape shape, int channels, int classes, double dropout)
    {
        var plan = ConvolutionPlan.Of(shape, channels);
        List<(string, nn.Module<Tensor, Tensor>)> layers = [.. Convolution("stem", shape.Channels, channels)];
        var before = channels;
        foreach (var (stage, wide) in plan.Channels.Index())
        {
            layers.Add(($"stage{stage + 1}a", new ResidualBlock($"stage{stage + 1}a", before, wide, stage == 0 ? 1 : 2)));
            layers.Add(($"stage{stage + 1}b", new ResidualBlock($"stage{stage + 1}b", wide, wide, 1)));
            before = wide;
        }

        return nn.Sequential([.. layers, ("pool", nn.AdaptiveAvgPool2d(1)), ("flatten", nn.Flatten()), ("dropout", nn.Dropout(dropout)), ("classes", nn.Linear(before, classes))]);
    }

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> Convolution(string name, int before, int after) =>
    [
        (name, nn.Conv2d(before, after, 3, padding: 1, bias: false)),
        (name + "norm", nn.BatchNorm2d(after)),
        (name + "relu", nn.ReLU()),
    ];

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> Head(ConvolutionPlan plan, int channels, int classes, double dropout)
    {
        if (!plan.KeepsPlaces)
            yield return ("mean", nn.AdaptiveAvgPool2d(1));
        yield return ("flatten", nn.Flatten());
        yield return ("dropout1", nn.Dropout(dropout));
        yield return ("hidden", nn.Linear(plan.KeepsPlaces ? channels * plan.Height * plan.Width : channels, HiddenWidth));
        yield return ("hiddenrelu", nn.ReLU());
        yield return ("dropout2", nn.Dropout(dropout));
        yield return ("classes", nn.Linear(HiddenWidth, classes));
    }
}
