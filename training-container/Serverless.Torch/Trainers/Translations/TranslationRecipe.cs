using Serverless.Torch.Children;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Translations;

/// <summary>How a <see cref="TranslationNetwork"/> is built again.</summary>
internal sealed record TranslationRecipe(int Read, int Written, int Steps, int Embedding, int Width, double Dropout) : IModuleRecipe
{
    /// <inheritdoc/>
    public nn.Module Build() => new TranslationNetwork(this);
}
