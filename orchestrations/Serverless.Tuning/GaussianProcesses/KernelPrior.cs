namespace Serverless.Tuning.GaussianProcesses;

/// <summary>
/// What is believed of the kernel's parameters before any measurement: normal distributions of the logarithms of length scales and noise,
/// an inverse gamma distribution of the signal's variance. Measurements are in units of their deviation, places in the unit cube.
/// </summary>
internal sealed record KernelPrior
{
    /// <summary>The middle of a length scale.</summary>
    public double Length { get; init; } = 0.5;

    /// <summary>The deviation of a length scale's logarithm.</summary>
    public double LengthDeviation { get; init; } = 1.2;

    /// <summary>The middle of the noise's variance over the signal's.</summary>
    public double Noise { get; init; } = 1e-4;

    /// <summary>The deviation of the noise's logarithm.</summary>
    public double NoiseDeviation { get; init; } = 2.5;

    /// <summary>The least noise; it also keeps the matrix away from singular.</summary>
    public double LeastNoise { get; init; } = 1e-7;

    /// <summary>The most noise.</summary>
    public double MostNoise { get; init; } = 0.5;

    /// <summary>Shape of the distribution of the signal's variance.</summary>
    public double SignalShape { get; init; } = 1;

    /// <summary>Scale of the distribution of the signal's variance.</summary>
    public double SignalScale { get; init; } = 1;

    /// <summary>
    /// This prior in so many dimensions: lengths grow with the square root of their number, as distances do
    /// (Hvarfner et al., Vanilla Bayesian Optimization Performs Great in High Dimensions, 2024).
    /// </summary>
    public KernelPrior In(double dimensions) => this with { Length = Length * Math.Sqrt(Math.Max(1, dimensions)) };
}
