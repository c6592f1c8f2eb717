using Serverless.Tuning.Numerics;

namespace Serverless.Tuning.GaussianProcesses;

/// <summary>A Gaussian process with a constant mean, a Matérn kernel and given parameters, conditioned on measurements.</summary>
internal sealed class GaussianProcess
{
    private readonly TrainingSet data;
    private readonly double[] values, weights, alpha, correlations, slopes, solved, ones;
    private readonly CholeskyFactor factor;
    private readonly double noise;

    /// <summary>Conditions a process on measurements.</summary>
    /// <param name="data">Where they were taken; the process adds assumed ones at its end.</param>
    /// <param name="values">One a place.</param>
    /// <param name="parameters">The logarithms of the length scales and of the noise's variance over the signal's.</param>
    /// <param name="prior">What is believed of the signal's variance.</param>
    /// <exception cref="ArithmeticException">The matrix cannot be factored even with a thousand times the noise.</exception>
    public GaussianProcess(TrainingSet data, ReadOnlySpan<double> values, ReadOnlySpan<double> parameters, KernelPrior prior)
    {
        this.data = data;
        this.values = new double[data.Capacity];
        values[..data.Count].CopyTo(this.values);
        weights = new double[data.Coordinates];
        for (var c = 0; c < weights.Length; c++)
            weights[c] = Math.Exp(-2 * parameters[data.Groups[c]]);
        (alpha, correlations, slopes, solved) = (new double[data.Capacity], new double[data.Capacity], new double[data.Capacity], new double[data.Capacity]);
        ones = new double[data.Capacity];
        Array.Fill(ones, 1.0);
        factor = new CholeskyFactor(data.Capacity);
        noise = Factor(Math.Exp(parameters[data.GroupCount]));
        (Mean, var misfit) = Condition(null);
        Variance = (misfit + 2 * prior.SignalScale) / (data.Count + 2 * prior.SignalShape);
    }

    /// <summary>The mean far from every measurement.</summary>
    public double Mean { get; private set; }

    /// <summary>The variance far from every measurement.</summary>
    public double Variance { get; }

    /// <summary>Adds a measurement, true or assumed, at the same kernel parameters, mean and variance; false when the place is one too many for the factor.</summary>
    public bool TryAppend(ReadOnlySpan<double> place, double value)
    {
        data.Add(place);
        var row = correlations.AsSpan(0, data.Count);
        data.Distances(place, weights, row);
        Matern.Correlate(row, []);
        row[^1] = 1 + noise;
        if (!factor.TryAppend(row))
        {
            data.Truncate(data.Count - 1);
            return false;
        }

        values[data.Count - 1] = value;
        Condition(Mean);
        return true;
    }

    /// <summary>The mean and variance of the function (without noise) at a place.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> place)
    {
        var k = Correlate(place, []);
        var mean = Mean + VectorMath.Dot(k, alpha);
        factor.SolveLower(k);
        return (mean, Variance * Math.Max(1e-12, 1 - VectorMath.Dot(k, k)));
    }

    /// <summary>The mean at a place, without the cost of the variance.</summary>
    public double PredictMean(ReadOnlySpan<double> place) => Mean + VectorMath.Dot(Correlate(place, []), alpha);

    /// <summary>The mean at a place and how it changes with its coordinates, without the cost of the variance.</summary>
    public double PredictMean(ReadOnlySpan<double> place, Span<double> gradient)
    {
        var n = data.Count;
        var k = Correlate(place, slopes.AsSpan(0, n));
        var mean = Mean + VectorMath.Dot(k, alpha);
        VectorMath.Multiply(slopes.AsSpan(0, n), alpha);
        var total = VectorMath.Dot(slopes.AsSpan(0, n), Ones(n));
        for (var c = 0; c < weights.Length; c++)
            gradient[c] = weights[c] * (VectorMath.Dot(slopes.AsSpan(0, n), data.Column(c)) - place[c] * total);
        return mean;
    }

    /// <summary>The mean and variance at a place, and how they change with its coordinates.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> place, Span<double> meanGradient, Span<double> varianceGradient)
    {
        var n = data.Count;
        var k = Correlate(place, slopes.AsSpan(0, n));
        var mean = Mean + VectorMath.Dot(k, alpha);
        var beta = solved.AsSpan(0, n);
        k.CopyTo(beta);
        factor.SolveLower(beta);
        var rest = 1 - VectorMath.Dot(beta, beta);
        factor.SolveUpper(beta);
        VectorMath.Multiply(beta, slopes);
        VectorMath.Multiply(slopes.AsSpan(0, n), alpha);
        double meanTotal = VectorMath.Dot(slopes.AsSpan(0, n), Ones(n)), varianceTotal = VectorMath.Dot(beta, Ones(n));
        for (var c = 0; c < weights.Length; c++)
        {
            var column = data.Column(c);
            meanGradient[c] = weights[c] * (VectorMath.Dot(column, slopes) - place[c] * meanTotal);
            varianceGradient[c] = rest > 1e-12 ? -2 * Variance * weights[c] * (VectorMath.Dot(column, beta) - place[c] * varianceTotal) : 0;
        }

        return (mean, Variance * Math.Max(1e-12, rest));
    }

    private ReadOnlySpan<double> Ones(int count) => ones.AsSpan(0, count);

    private Span<double> Correlate(ReadOnlySpan<double> place, Span<double> slopes)
    {
        var k = correlations.AsSpan(0, data.Count);
        data.Distances(place, weights, k);
        Matern.Correlate(k, slopes);
        return k;
    }

    /// <summary>Factors the matrix, with ten times the noise as often as needed, and returns the noise that it took.</summary>
    private double Factor(double wanted)
    {
        var place = new double[data.Coordinates];
        for (var factorOfNoise = 1.0; factorOfNoise <= 1000; factorOfNoise *= 10)
        {
            factor.Truncate(0);
            for (var i = 0; i < data.Count; i++)
            {
                var row = correlations.AsSpan(0, i + 1);
                data.Read(i, place);
                data.Distances(place, weights, row);
                Matern.Correlate(row, []);
                row[i] = 1 + wanted * factorOfNoise;
                if (!factor.TryAppend(row))
                    break;
            }

            if (factor.Count == data.Count)
                return wanted * factorOfNoise;
        }

        throw new ArithmeticException($"The kernel matrix of {data.Count} places is not positive definite with a noise of {wanted * 1000:g3}.");
    }

    private (double Mean, double Misfit) Condition(double? mean)
    {
        var n = data.Count;
        var unit = slopes.AsSpan(0, n);
        unit.Fill(1);
        var a = alpha.AsSpan(0, n);
        values.AsSpan(0, n).CopyTo(a);
        factor.SolveLower(unit);
        factor.SolveLower(a);
        var middle = mean ?? VectorMath.Dot(unit, a) / VectorMath.Dot(unit, unit);
        VectorMath.AddScaled(a, -middle, unit);
        var misfit = VectorMath.Dot(a, a);
        factor.SolveUpper(a);
        return (middle, misfit);
    }
}
