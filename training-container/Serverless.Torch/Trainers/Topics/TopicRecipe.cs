using Serverless.Torch.Children;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Topics;

/// <summary>How the part of a <see cref="TopicNetwork"/> behind its first layer is built again.</summary>
internal sealed record TopicRecipe(int Topics, int Width, double Dropout) : IModuleRecipe
{
    /// <inheritdoc/>
    public nn.Module Build() => TopicNetwork.AfterFirst(TopicNetwork.Trunk(this), TopicNetwork.Moment(this));
}
