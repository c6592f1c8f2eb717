using Serverless.Torch.Children;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Rows;

/// <summary>How the layers behind the tables of <see cref="RowNetwork"/> are built again.</summary>
internal sealed record RowRecipe(int Width, IReadOnlyList<int> Hidden, double Dropout, int Classes) : IModuleRecipe
{
    /// <inheritdoc/>
    public nn.Module Build() => RowNetwork.Layers(Width, Hidden, Dropout, Classes);
}
