using Serverless.Tuning.Numerics;

namespace Serverless.Tuning.GaussianProcesses;

/// <summary>
/// The logarithm of how much below the best value a place is expected to be. Its logarithm, because the improvement itself is flat zero wherever it matters
/// (Ament et al., Unexpected Improvements to Expected Improvement, 2023).
/// </summary>
/// <param name="process">The model.</param>
/// <param name="best">The best value so far, in the model's units.</param>
internal sealed class ExpectedImprovement(GaussianProcess process, double best) : IAcquisition
{
    /// <inheritdoc/>
    public double At(ReadOnlySpan<double> place)
    {
        var (mean, variance) = process.Predict(place);
        var deviation = Math.Sqrt(variance);
        return NormalDistribution.LogImprovement((best - mean) / deviation).Value + Math.Log(deviation);
    }

    /// <inheritdoc/>
    public double At(ReadOnlySpan<double> place, Span<double> gradient, Span<double> work)
    {
        var (mean, variance) = process.Predict(place, gradient, work);
        var deviation = Math.Sqrt(variance);
        var z = (best - mean) / deviation;
        var (value, slope) = NormalDistribution.LogImprovement(z);
        for (var i = 0; i < gradient.Length; i++)
        {
            var relative = work[i] / (2 * variance);
            gradient[i] = relative * (1 - slope * z) - slope * gradient[i] / deviation;
        }

        return value + Math.Log(deviation);
    }
}
