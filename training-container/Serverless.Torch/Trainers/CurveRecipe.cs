using Serverless.Torch.Children;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers;

/// <summary>How the small network of the self-test is built.</summary>
internal sealed record CurveRecipe(int Width) : IModuleRecipe
{
    /// <inheritdoc/>
    public nn.Module Build() => Network();

    /// <summary>Makes it.</summary>
    public nn.Module<Tensor, Tensor> Network() => nn.Sequential(("hidden", nn.Linear(1, Width)), ("tanh", nn.Tanh()), ("output", nn.Linear(Width, 1)));
}
