using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Networks;

/// <summary>A module whose forward is given.</summary>
internal sealed class Forward(Func<Tensor, Tensor> body) : nn.Module<Tensor, Tensor>(nameof(Forward))
{
    public override Tensor forward(Tensor x) => body(x);
}
