using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Images;

/// <summary>Two convolutions whose result is added to what came in (He et al. 2016, figure 2).</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Sequential body;
    private readonly Sequential? shortcut;

    public ResidualBlock(string name, int before, int after, int stride)
        : base(name)
    {
        body = nn.Sequential(
            ("conv1", nn.Conv2d(before, after, 3, stride: stride, padding: 1, bias: false)),
            ("norm1", nn.BatchNorm2d(after)),
            ("relu", nn.ReLU()),
            ("conv2", nn.Conv2d(after, after, 3, padding: 1, bias: false)),
            ("norm2", nn.BatchNorm2d(after)));
        if (before != after || stride != 1)
            shortcut = nn.Sequential(("conv", nn.Conv2d(before, after, 1, stride: stride, bias: false)), ("norm", nn.BatchNorm2d(after)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => nn.functional.relu(body.forward(input) + (shortcut?.forward(input) ?? input));
}
