using Serverless.Torch.Children;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Forecasts;

/// <summary>How a <see cref="ForecastNetwork"/> is built again.</summary>
internal sealed record ForecastRecipe(int Season, int Horizon, int Samples, int Width, int Layers, double Dropout) : IModuleRecipe
{
    /// <inheritdoc/>
    public nn.Module Build() => new ForecastNetwork(this);
}
