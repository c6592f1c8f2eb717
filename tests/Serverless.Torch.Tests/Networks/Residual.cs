using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Networks;

/// <summary>A network whose own forward adds what went in to what came out.</summary>
internal sealed class Residual : nn.Module<Tensor, Tensor>
{
    private readonly Linear first;
    private readonly Linear second;
    private readonly LayerNorm norm;

    public Residual(long width = 6)
        : base(nameof(Residual))
    {
        first = nn.Linear(width, 2 * width);
        second = nn.Linear(2 * width, width);
        norm = nn.LayerNorm([width]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var y = second.call(nn.functional.gelu(first.call(x)));
        return norm.call(x + y) * 0.5 + x.mean([1], keepdim: true);
    }
}
