using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Networks;

/// <summary>The next steps of a series: it is scaled by its own mean, a GRU reads it, and mean and spread come out.</summary>
internal sealed class Forecaster : nn.Module<Tensor, (Tensor Mean, Tensor Spread)>
{
    private readonly GRU encoder;
    private readonly Linear mean;
    private readonly Linear spread;

    public Forecaster(long hidden = 10, long horizon = 4)
        : base(nameof(Forecaster))
    {
        encoder = nn.GRU(1, hidden, batchFirst: true);
        mean = nn.Linear(hidden, horizon);
        spread = nn.Linear(hidden, horizon);
        RegisterComponents();
    }

    public override (Tensor Mean, Tensor Spread) forward(Tensor series)
    {
        var scale = series.abs().mean([1], keepdim: true) + 1;
        var (states, _) = encoder.call((series / scale).unsqueeze(2));
        var last = states.select(1, -1);
        return (mean.call(last) * scale, nn.functional.softplus(spread.call(last)) * scale);
    }
}
