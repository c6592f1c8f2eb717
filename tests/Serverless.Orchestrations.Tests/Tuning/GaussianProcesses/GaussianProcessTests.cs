using Serverless.Tuning.GaussianProcesses;

namespace Serverless.Orchestrations.Tests.Tuning.GaussianProcesses;

/// <summary>
/// Reference: GaussianProcessRegressor of scikit-learn 1.2.1 with Matern([0.4, 0.9], nu=2.5) and alpha=1e-3 on the measurements less their
/// generalised least squares mean, its variances times the variance of largest likelihood.
/// </summary>
public sealed class GaussianProcessTests
{
    private static readonly double[] Parameters = [Math.Log(0.4), Math.Log(0.9), Math.Log(1e-3)];
    private static readonly double[] Values = [0.3, -1.1, 0.7, -0.4, 0.9];
    private static readonly KernelPrior Flat = new() { SignalShape = 0, SignalScale = 0, LengthDeviation = 1e9, NoiseDeviation = 1e9 };

    [Theory]
    [InlineData(0.4, 0.4, -0.2157010866138131, 0.049109746391674376)]
    [InlineData(0.0, 1.0, -0.0994852237153841, 0.5985772419055022)]
    [InlineData(0.5, 0.9, -1.0966743483325079, 0.0009503955195308301)]
    public void Predict_AtAPlace_IsWhatTheReferenceGives(double x, double y, double mean, double variance)
    {
        var process = new GaussianProcess(Places(0), Values, Parameters, Flat);

        Assert.Equal(mean, process.Predict([x, y]).Mean, 1e-10);
        Assert.Equal(mean, process.PredictMean([x, y]), 1e-10);
        Assert.Equal(variance, process.Predict([x, y]).Variance, 1e-10);
    }

    [Fact]
    public void Evaluate_AtParameters_IsWhatTheReferenceGives()
    {
        var likelihood = new MarginalLikelihood(Places(0), Values, Flat);

        Assert.Equal(2.330359172493592, likelihood.Evaluate(Parameters, new double[3]), 1e-9);
    }

    [Fact]
    public void Evaluate_AtParameters_HasTheGradientOfFiniteDifferences()
    {
        var likelihood = new MarginalLikelihood(Places(0), Values, new KernelPrior());
        var gradient = new double[3];
        likelihood.Evaluate(Parameters, gradient);

        for (var i = 0; i < 3; i++)
            Assert.Equal(Slope(step => likelihood.Evaluate(Moved(Parameters, i, step), new double[3])), gradient[i], 1e-6);
    }

    [Fact]
    public void Predict_AtAPlace_HasTheGradientsOfFiniteDifferences()
    {
        var process = new GaussianProcess(Places(0), Values, Parameters, new KernelPrior());
        double[] place = [0.42, 0.61], mean = new double[2], variance = new double[2];
        process.Predict(place, mean, variance);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(Slope(step => process.Predict(Moved(place, i, step)).Mean), mean[i], 1e-6);
            Assert.Equal(Slope(step => process.Predict(Moved(place, i, step)).Variance), variance[i], 1e-6);
        }
    }

    [Fact]
    public void TryAppend_OfTheMeanThere_LeavesTheMeanAndNarrowsTheVariance()
    {
        var process = new GaussianProcess(Places(1), Values, Parameters, new KernelPrior());
        var before = process.Predict([0.4, 0.4]);

        Assert.True(process.TryAppend([0.4, 0.4], before.Mean));

        Assert.Equal(before.Mean, process.Predict([0.4, 0.4]).Mean, 1e-9);
        Assert.True(process.Predict([0.4, 0.4]).Variance < 0.1 * before.Variance);
    }

    private static TrainingSet Places(int room)
    {
        var set = new TrainingSet([0, 1], 5 + room);
        foreach (var place in (double[][])[[0.1, 0.2], [0.5, 0.9], [0.8, 0.3], [0.35, 0.55], [0.95, 0.7]])
            set.Add(place);
        return set;
    }

    private static double Slope(Func<double, double> function) => (function(1e-5) - function(-1e-5)) / 2e-5;

    private static double[] Moved(double[] point, int index, double step) => [.. point.Select((value, i) => i == index ? value + step : value)];
}
