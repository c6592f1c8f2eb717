namespace Serverless.Benchmarks.Tuning.Populations;

/// <summary>
/// A training where a schedule of the learning rate matters: stochastic gradient descent in a valley that is a hundred times steeper across than along, with noise on the gradient (the model of
/// Schaul, Zhang and LeCun, No More Pesky Learning Rates, 2013). A high rate gets along the valley and then stays above its floor as high as the noise throws it; a low one gets down and not along.
/// No constant rate does both; one that falls does.
/// </summary>
internal sealed class NoisyValley
{
    public const int Dimensions = 20;
    public const double LowestRate = 1e-4, HighestRate = 1.0;
    private const int StepsOfAnEpoch = 10;
    private const double Noise = 1.0;

    private readonly double[] weights;

    private NoisyValley(double[] weights) => this.weights = weights;

    /// <summary>The loss without noise, as a validation on much data would say it: 0 is the least.</summary>
    public double Loss
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Dimensions; i++)
                sum += Steepness(i) * weights[i] * weights[i] / 2;
            return double.IsFinite(sum) ? sum : double.PositiveInfinity;
        }
    }

    /// <summary>At the beginning: all weights are 1.</summary>
    public static NoisyValley Begin() => new([.. Enumerable.Repeat(1.0, Dimensions)]);

    /// <summary>Some epochs on, with a constant rate. This one stays as it is, as a checkpoint does.</summary>
    /// <param name="epochs">How many.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="random">The gradient's noise.</param>
    public NoisyValley Train(int epochs, double rate, Random random)
    {
        double[] now = [.. weights];
        for (var step = 0; step < epochs * StepsOfAnEpoch; step++)
            for (var i = 0; i < Dimensions; i++)
                now[i] -= rate * (Steepness(i) * now[i] + Noise * Normal(random));
        return new NoisyValley(now);
    }

    /// <summary>From 0.01 to 1, by logarithm.</summary>
    private static double Steepness(int dimension) => Math.Pow(10, -2.0 * dimension / (Dimensions - 1));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
