using Serverless.Tuning.Numerics;

namespace Serverless.Tuning.CovarianceAdaptation;

/// <summary>The distribution that an evolution strategy samples, and what it remembers of its way. Hansen's tutorial, section 5 and figure 6.</summary>
/// <param name="Mean">Where it is.</param>
/// <param name="Step">How far it goes: σ.</param>
/// <param name="Covariance">Its shape, row after row.</param>
/// <param name="StepPath">The path of the step size.</param>
/// <param name="CovariancePath">The path of the covariance.</param>
/// <param name="Generation">How many generations there were.</param>
internal sealed record EvolutionState(double[] Mean, double Step, double[] Covariance, double[] StepPath, double[] CovariancePath, int Generation)
{
    private double[] axes = [], vectors = [];

    /// <summary>The square roots of the covariance's eigenvalues.</summary>
    public IReadOnlyList<double> Axes
    {
        get
        {
            Decompose();
            return axes;
        }
    }

    /// <summary>A round distribution.</summary>
    public static EvolutionState Begin(double[] mean, double step)
    {
        var n = mean.Length;
        var covariance = new double[n * n];
        for (var i = 0; i < n; i++)
            covariance[i * n + i] = 1;
        return new EvolutionState(mean, step, covariance, new double[n], new double[n], 0);
    }

    /// <summary>Shapes a standard normal vector like the covariance: B·D·z. The point is the mean plus σ times that.</summary>
    public double[] Shape(ReadOnlySpan<double> z)
    {
        Decompose();
        var n = Mean.Length;
        var shaped = new double[n];
        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i < n; i++)
                shaped[i] += vectors[i * n + k] * axes[k] * z[k];
        }

        return shaped;
    }

    /// <summary>The next generation's distribution.</summary>
    /// <param name="settings">The constants.</param>
    /// <param name="ranked">A population's steps, (point − mean) / σ, the best first.</param>
    /// <param name="stretch">What each coordinate of the mean's move is multiplied by; none: 1.</param>
    public EvolutionState Advance(EvolutionSettings settings, IReadOnlyList<double[]> ranked, IReadOnlyList<double>? stretch = null)
    {
        var n = Mean.Length;
        var move = new double[n];
        for (var rank = 0; rank < settings.Population / 2; rank++)
            VectorMath.AddScaled(move, settings.Weights[rank], ranked[rank]);
        double[] mean = [.. Mean.Select((value, i) => value + Step * (stretch?[i] ?? 1) * move[i])];

        var gain = Math.Sqrt(settings.StepPathRate * (2 - settings.StepPathRate) * settings.ParentMass);
        var straight = Whiten(move);
        double[] stepPath = [.. StepPath.Select((value, i) => (1 - settings.StepPathRate) * value + gain * straight[i])];
        var length = Math.Sqrt(VectorMath.Dot(stepPath, stepPath));
        var step = Step * Math.Exp(Math.Min(1, settings.StepPathRate / settings.StepDamping * (length / settings.NormalLength - 1)));

        // The covariance's path stands still while the step size grows fast.
        var decay = Math.Sqrt(1 - Math.Pow(1 - settings.StepPathRate, 2 * (Generation + 1)));
        var slow = length / decay < (1.4 + 2 / (n + 1.0)) * settings.NormalLength ? 1.0 : 0;
        var rate = settings.CovariancePathRate;
        double[] path = [.. CovariancePath.Select((value, i) => (1 - rate) * value + slow * Math.Sqrt(rate * (2 - rate) * settings.ParentMass) * move[i])];
        return new EvolutionState(mean, step, NextCovariance(settings, ranked, path, (1 - slow) * rate * (2 - rate)), stepPath, path, Generation + 1);
    }

    private double[] NextCovariance(EvolutionSettings settings, IReadOnlyList<double[]> ranked, double[] path, double missed)
    {
        var n = Mean.Length;
        var keep = 1 + settings.RankOneRate * missed - settings.RankOneRate - settings.RankMuRate * settings.Weights.Sum();
        double[] covariance = [.. Covariance.Select(value => keep * value)];
        Add(settings.RankOneRate, path);
        for (var rank = 0; rank < settings.Population; rank++)
        {
            var weight = settings.Weights[rank];
            if (weight < 0)
            {
                var white = Whiten(ranked[rank]);
                weight *= n / (VectorMath.Dot(white, white) + 1e-300);
            }

            Add(settings.RankMuRate * weight, ranked[rank]);
        }

        return covariance;

        void Add(double factor, double[] vector)
        {
            for (var i = 0; i < n; i++)
                VectorMath.AddScaled(covariance.AsSpan(i * n, n), factor * vector[i], vector);
        }
    }

    /// <summary>C^(−1/2)·y.</summary>
    private double[] Whiten(double[] y)
    {
        Decompose();
        var n = Mean.Length;
        var white = new double[n];
        for (var k = 0; k < n; k++)
        {
            var along = 0.0;
            for (var i = 0; i < n; i++)
                along += vectors[i * n + k] * y[i];
            for (var i = 0; i < n; i++)
                white[i] += vectors[i * n + k] * along / axes[k];
        }

        return white;
    }

    private void Decompose()
    {
        if (axes.Length > 0)
            return;
        (var values, vectors) = SymmetricEigen.Of(Covariance, Mean.Length);
        axes = [.. values.Select(value => Math.Sqrt(Math.Max(value, 1e-16)))];
    }
}
