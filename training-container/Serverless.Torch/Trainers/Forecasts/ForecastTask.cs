using Serverless.Torch.Trainers.Loop;
using Serverless.Training.Forecasts;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Forecasts;

/// <summary>Learns to go on with series.</summary>
internal sealed class ForecastTask : TrainingTask
{
    private const int WindowsOfAPass = 64;
    private readonly ForecastWindows windows;
    private readonly int[] learn;
    private readonly int[] validate;

    public ForecastTask(ForecastOptions options, ForecastWindows windows, ForecastRecipe recipe)
    {
        this.windows = windows;
        Forecaster = new(recipe);
        var every = options.Loop.Validation > 0 ? Math.Max(2, (int)Math.Round(1 / options.Loop.Validation)) : 0;
        learn = [.. Enumerable.Range(0, windows.Count).Where(window => every == 0 || window % every != every - 1)];
        validate = [.. Enumerable.Range(0, windows.Count).Except(learn)];
    }

    /// <summary>The network.</summary>
    public ForecastNetwork Forecaster { get; }

    public override nn.Module Network => Forecaster;

    public override int Rows => learn.Length;

    public override bool HasValidation => validate.Length > 0;

    public override (string Name, bool Higher) Watched => ("negative_log_likelihood", false);

    public override Tensor Loss(int epoch, IReadOnlyList<int> rows, ComputeSite site) => Forecaster.Loss(Scaled([.. rows.Select(row => learn[row])], site)).to(ScalarType.Float32);

    public override IReadOnlyList<Metric> Measure(ComputeSite site)
    {
        if (!HasValidation)
            return [];
        double sum = 0;
        foreach (var part in validate.Chunk(WindowsOfAPass))
        {
            using var scope = NewDisposeScope();
            sum += Forecaster.Loss(Scaled(part, site)).to(ScalarType.Float32).item<float>() * part.Length;
        }

        return [new(Watched.Name, sum / validate.Length)];
    }

    /// <summary>Forecasts what was held out of each series, when the network is trained.</summary>
    /// <returns>The series, and its paths in its own units, [samples, horizon].</returns>
    public IEnumerable<(int Series, ReadOnlyMemory<float> Truth, float[,] Paths)> Held(ComputeSite site)
    {
        foreach (var part in windows.Held().Chunk(WindowsOfAPass))
        {
            using var scope = NewDisposeScope();
            using var guard = no_grad();
            var scales = part.Select(each => SeriesScale.Of(each.Values.Span[..windows.Context])).ToArray();
            float[] shown = [.. part.Zip(scales).SelectMany(pair => pair.First.Values.Span[..windows.Context].ToArray().Select(value => float.IsNaN(value) ? 0 : value / pair.Second))];
            var paths = Forecaster.forward(tensor(shown).reshape(part.Length, windows.Context).to(site.Device)).cpu();
            var (samples, horizon) = ((int)paths.shape[1], (int)paths.shape[2]);
            var drawn = paths.data<float>().ToArray();
            for (var i = 0; i < part.Length; i++)
            {
                var own = new float[samples, horizon];
                for (var s = 0; s < samples; s++)
                    for (var h = 0; h < horizon; h++)
                        own[s, h] = drawn[(i * samples + s) * horizon + h] * scales[i];
                yield return (part[i].Series, part[i].Values[windows.Context..], own);
            }
        }
    }

    private Tensor Scaled(int[] chosen, ComputeSite site)
    {
        var length = windows.Context + windows.Horizon;
        var values = new float[chosen.Length * length];
        for (var i = 0; i < chosen.Length; i++)
        {
            var own = windows.Learn(chosen[i], out _);
            var scale = SeriesScale.Of(own[..windows.Context]);
            for (var j = 0; j < length; j++)
                values[i * length + j] = own[j] / scale;
        }

        return site.Bring(values, chosen.Length, length);
    }
}
