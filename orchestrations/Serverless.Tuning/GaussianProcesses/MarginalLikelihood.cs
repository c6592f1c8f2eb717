using Serverless.Tuning.Numerics;

namespace Serverless.Tuning.GaussianProcesses;

/// <summary>
/// How badly kernel parameters explain measurements: the negative logarithm of the posterior density of the logarithms of the length scales and,
/// last, of the noise's variance over the signal's. The mean is profiled out and the signal's variance integrated out.
/// Rasmussen and Williams, equations 5.8 and 5.9; Santner, Williams and Notz, The Design and Analysis of Computer Experiments, 2003, section 3.3.
/// </summary>
internal sealed class MarginalLikelihood
{
    private readonly TrainingSet data;
    private readonly double[] values;
    private readonly KernelPrior prior;
    private readonly CholeskyFactor factor;
    private readonly double[] correlations, slopes, inverse, work, ones, alpha, weights, place;

    /// <summary>The likelihood of measurements.</summary>
    /// <param name="data">Where they were taken.</param>
    /// <param name="values">One a place.</param>
    /// <param name="prior">What is believed before.</param>
    public MarginalLikelihood(TrainingSet data, double[] values, KernelPrior prior)
    {
        (this.data, this.values, this.prior) = (data, values, prior);
        var n = data.Count;
        factor = new CholeskyFactor(n);
        (correlations, slopes, inverse, work) = (new double[n * n], new double[n * n], new double[n * n], new double[n * n]);
        (ones, alpha) = (new double[n], new double[n]);
        (weights, place) = (new double[data.Coordinates], new double[data.Coordinates]);
    }

    /// <summary>The value, and its gradient; infinite where the matrix cannot be factored.</summary>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var n = data.Count;
        var noise = Math.Exp(parameters[data.GroupCount]);
        if (!Factor(parameters, noise))
            return double.PositiveInfinity;
        Array.Fill(ones, 1.0);
        factor.SolveLower(ones);
        values.AsSpan(0, n).CopyTo(alpha);
        factor.SolveLower(alpha);
        var mean = VectorMath.Dot(ones, alpha) / VectorMath.Dot(ones, ones);
        VectorMath.AddScaled(alpha, -mean, ones);
        var misfit = VectorMath.Dot(alpha, alpha) + 2 * prior.SignalScale;
        var weight = n + 2 * prior.SignalShape;
        factor.SolveUpper(alpha);
        factor.Invert(inverse, work);
        Differentiate(gradient, weight / misfit, noise);
        return 0.5 * weight * Math.Log(misfit) + 0.5 * factor.LogDeterminant + AddPrior(parameters, gradient);
    }

    private bool Factor(ReadOnlySpan<double> parameters, double noise)
    {
        for (var c = 0; c < data.Coordinates; c++)
            weights[c] = Math.Exp(-2 * parameters[data.Groups[c]]);
        factor.Truncate(0);
        for (var i = 0; i < data.Count; i++)
        {
            var row = correlations.AsSpan(i * data.Count, i + 1);
            data.Read(i, place);
            data.Distances(place, weights, row);
            Matern.Correlate(row, slopes.AsSpan(i * data.Count, i + 1));
            row[i] = 1 + noise;
            if (!factor.TryAppend(row))
                return false;
        }

        return true;
    }

    private void Differentiate(Span<double> gradient, double scale, double noise)
    {
        var n = data.Count;
        gradient.Clear();
        var trace = 0.0;
        for (var i = 0; i < n; i++)
        {
            var row = inverse.AsSpan(i * n, i + 1);
            VectorMath.AddScaled(row, -scale * alpha[i], alpha.AsSpan(0, i + 1));
            trace += row[i];
            VectorMath.Multiply(row, slopes.AsSpan(i * n, i + 1));
            for (var c = 0; c < data.Coordinates; c++)
            {
                var column = data.Column(c);
                gradient[data.Groups[c]] += weights[c] * VectorMath.WeightedSquaredDistance(row, column[i], column);
            }
        }

        gradient[data.GroupCount] = 0.5 * noise * trace;
    }

    private double AddPrior(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var sum = 0.0;
        for (var g = 0; g <= data.GroupCount; g++)
        {
            var noise = g == data.GroupCount;
            var deviation = noise ? prior.NoiseDeviation : prior.LengthDeviation;
            var gap = (parameters[g] - Math.Log(noise ? prior.Noise : prior.Length)) / deviation;
            sum += 0.5 * gap * gap;
            gradient[g] += gap / deviation;
        }

        return sum;
    }
}
