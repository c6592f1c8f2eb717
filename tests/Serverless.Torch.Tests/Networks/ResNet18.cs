using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Networks;

/// <summary>ResNet-18 (He et al. 2016), for images of three channels.</summary>
internal sealed class ResNet18 : nn.Module<Tensor, Tensor>
{
    private readonly Sequential stem;
    private readonly Sequential stages;
    private readonly Linear head;

    public ResNet18(int classes = 10)
        : base(nameof(ResNet18))
    {
        stem = nn.Sequential(nn.Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false), nn.BatchNorm2d(64), nn.ReLU(inplace: true), nn.MaxPool2d(3, stride: 2, padding: 1));
        stages = nn.Sequential(
            new Block(64, 64, 1), new Block(64, 64, 1), new Block(64, 128, 2), new Block(128, 128, 1),
            new Block(128, 256, 2), new Block(256, 256, 1), new Block(256, 512, 2), new Block(512, 512, 1));
        head = nn.Linear(512, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => head.call(nn.functional.adaptive_avg_pool2d(stages.call(stem.call(x)), [1, 1]).flatten(1));

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Sequential body;
        private readonly nn.Module<Tensor, Tensor> shortcut;

        public Block(int from, int to, int stride)
            : base(nameof(Block))
        {
            body = nn.Sequential(
                nn.Conv2d(from, to, 3, stride: stride, padding: 1, bias: false), nn.BatchNorm2d(to), nn.ReLU(inplace: true),
                nn.Conv2d(to, to, 3, padding: 1, bias: false), nn.BatchNorm2d(to));
            shortcut = stride == 1 && from == to ? nn.Identity() : nn.Sequential(nn.Conv2d(from, to, 1, stride: stride, bias: false), nn.BatchNorm2d(to));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => body.call(x).add_(shortcut.call(x)).relu_();
    }
}
