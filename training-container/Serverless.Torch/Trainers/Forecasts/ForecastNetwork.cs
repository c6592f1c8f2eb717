using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Forecasts;

/// <summary>
/// An autoregressive recurrent network (Salinas et al., DeepAR, 2020): at each place it sees the value before and the one a season ago, and gives the mean and the deviation of a normal
/// distribution. A forecast draws paths value by value; the normal numbers for it are the network's own and always the same, so the same history has the same forecast.
/// </summary>
internal sealed class ForecastNetwork : nn.Module<Tensor, Tensor>
{
    private const double LeastDeviation = 1e-3;
    private readonly int season;
    private readonly int horizon;
    private readonly int samples;
    private readonly GRU recurrent;
    private readonly Linear output;
    private readonly Tensor noise;

    public ForecastNetwork(ForecastRecipe recipe)
        : base(nameof(ForecastNetwork))
    {
        (season, horizon, samples) = (recipe.Season, recipe.Horizon, recipe.Samples);
        recurrent = nn.GRU(2, recipe.Width, recipe.Layers, batchFirst: true, dropout: recipe.Layers > 1 ? recipe.Dropout : 0);
        output = nn.Linear(recipe.Width, 2);
        noise = randn(recipe.Samples, recipe.Horizon);
        register_buffer(nameof(noise), noise);
        RegisterComponents();
    }

    /// <summary>The mean negative log-likelihood of the values after the first, of scaled windows [N, length]; NaN is passed over.</summary>
    public Tensor Loss(Tensor windows)
    {
        var there = windows.isnan().logical_not();
        var values = windows.nan_to_num(0);
        var states = recurrent.forward(Inputs(values.narrow(1, 0, values.shape[1] - 1))).Item1;
        var (mean, deviation) = Distribution(states);
        var (truth, counts) = (values.narrow(1, 1, values.shape[1] - 1), there.narrow(1, 1, values.shape[1] - 1).to(mean.dtype));
        var loss = deviation.log() + ((truth - mean) / deviation).square() * 0.5;
        return (loss * counts).sum() / counts.sum().clamp_min(1);
    }

    /// <summary>Paths, [N, samples, horizon], that go on from scaled histories [N, context] without gaps.</summary>
    public override Tensor forward(Tensor history)
    {
        var (states, last) = recurrent.forward(Inputs(history));
        var (mean, deviation) = Distribution(states.narrow(1, states.shape[1] - 1, 1));
        var paths = history.shape[0] * samples;
        var state = last.unsqueeze(2).expand(-1, -1, samples, -1).reshape(last.shape[0], paths, last.shape[2]);
        mean = Each(mean, paths);
        deviation = Each(deviation, paths);
        List<Tensor> drawn = [];
        for (var step = 0; step < horizon; step++)
        {
            var normal = noise.select(1, step).unsqueeze(0).expand(history.shape[0], samples).reshape(paths, 1);
            drawn.Add(mean + deviation * normal);
            if (step == horizon - 1)
                break;
            var before = step + 1 - season;
            var seasonal = before >= 0 ? drawn[before] : Each(history.narrow(1, history.shape[1] + before, 1), paths);
            (var next, state) = recurrent.forward(cat([drawn[step], seasonal], 1).unsqueeze(1), state);
            (mean, deviation) = Distribution(next);
        }

        return cat(drawn, 1).reshape(history.shape[0], samples, horizon);
    }

    /// <summary>At each place the value and the one that is a season before the next; 0 where there is none.</summary>
    private Tensor Inputs(Tensor values)
    {
        var length = values.shape[1];
        var seasonal = season == 1 ? values : cat([zeros_like(values.narrow(1, 0, season - 1)), values.narrow(1, 0, length - season + 1)], 1);
        return stack([values, seasonal], 2);
    }

    private (Tensor Mean, Tensor Deviation) Distribution(Tensor states)
    {
        var both = output.forward(states);
        return (both.select(2, 0), nn.functional.softplus(both.select(2, 1)) + LeastDeviation);
    }

    private Tensor Each(Tensor column, long paths) => column.expand(-1, samples).reshape(paths, 1);
}
