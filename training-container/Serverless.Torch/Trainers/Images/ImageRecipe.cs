using Serverless.Torch.Children;
using Serverless.Training.Images;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Images;

/// <summary>How the network of an image classifier is built again.</summary>
internal sealed record ImageRecipe(ImageShape Shape, bool Residual, int Channels, int Classes, double Dropout) : IModuleRecipe
{
    /// <inheritdoc/>
    public nn.Module Build() => Network();

    /// <summary>Makes it.</summary>
    public nn.Module<Tensor, Tensor> Network() =>
        Residual ? ImageNetworks.Residual(Shape, Channels, Classes, Dropout) : ImageNetworks.Plain(Shape, Channels, Classes, Dropout);
}
