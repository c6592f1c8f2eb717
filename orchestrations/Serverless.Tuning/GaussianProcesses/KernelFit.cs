using Serverless.Tuning.Numerics;

namespace Serverless.Tuning.GaussianProcesses;

/// <summary>Finds the kernel parameters that explain measurements best, the prior considered.</summary>
internal static class KernelFit
{
    private const double ShortestLength = 0.005;
    private const double LongestLength = 100;
    private const double Tolerance = 1e-3;

    /// <summary>The parameters that the prior thinks likeliest.</summary>
    public static double[] Start(TrainingSet data, KernelPrior prior)
    {
        var parameters = new double[data.GroupCount + 1];
        Array.Fill(parameters, Math.Log(prior.Length));
        parameters[^1] = Math.Log(prior.Noise);
        return parameters;
    }

    /// <summary>Improves parameters in place.</summary>
    /// <param name="data">Where was measured.</param>
    /// <param name="values">What, in units of its deviation.</param>
    /// <param name="prior">What is believed before.</param>
    /// <param name="parameters">Start and result.</param>
    /// <param name="maxEvaluations">How often the likelihood is computed at most.</param>
    /// <returns>The negative logarithm of the posterior density, up to a constant; infinite when the start cannot be evaluated.</returns>
    public static double Improve(TrainingSet data, double[] values, KernelPrior prior, double[] parameters, int maxEvaluations)
    {
        double[] lower = new double[parameters.Length], upper = new double[parameters.Length];
        Array.Fill(lower, Math.Log(ShortestLength));
        Array.Fill(upper, Math.Log(LongestLength));
        (lower[^1], upper[^1]) = (Math.Log(prior.LeastNoise), Math.Log(prior.MostNoise));
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = Math.Clamp(parameters[i], lower[i], upper[i]);
        var likelihood = new MarginalLikelihood(data, values, prior);
        return new BoundedMinimizer(parameters.Length).Minimize(likelihood.Evaluate, parameters, lower, upper, maxEvaluations, Tolerance);
    }
}
