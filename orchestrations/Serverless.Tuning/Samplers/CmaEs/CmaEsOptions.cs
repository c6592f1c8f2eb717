namespace Serverless.Tuning.Samplers.CmaEs;

/// <summary>How an evolution strategy begins and begins again.</summary>
public sealed record CmaEsOptions
{
    /// <summary>The first step size, in ranges of the parameters; a sixth, so that the range is three deviations to each side of its middle.</summary>
    public double Step { get; init; } = 1.0 / 6;

    /// <summary>Points in a generation; null: 4 + 3·ln(dimensions), as the tutorial advises.</summary>
    public int? Population { get; init; }

    /// <summary>What happens when it has converged or got stuck.</summary>
    public CmaEsRestart Restart { get; init; } = CmaEsRestart.Bipop;
}
