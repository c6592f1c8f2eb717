using Serverless.Torch.Children;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Sequences;

/// <summary>How a <see cref="SequenceNetwork"/> is built again.</summary>
internal sealed record SequenceRecipe(int Vocabulary, bool Recurrent, int Embedding, int Width, double Dropout, int Classes) : IModuleRecipe
{
    /// <inheritdoc/>
    public nn.Module Build() => new SequenceNetwork(this);
}
