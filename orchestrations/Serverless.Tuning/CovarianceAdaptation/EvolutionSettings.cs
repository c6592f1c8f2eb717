namespace Serverless.Tuning.CovarianceAdaptation;

/// <summary>
/// The constants of an evolution strategy with covariance matrix adaptation, for a dimension and a population.
/// Hansen, The CMA Evolution Strategy: A Tutorial, 2016 (arXiv:1604.00772), table 1 and equations 48 to 58; negative weights too.
/// </summary>
internal sealed class EvolutionSettings
{
    /// <summary>The constants.</summary>
    /// <param name="dimension">How many numbers are searched; at least 1.</param>
    /// <param name="population">How many points are a generation; at least 4.</param>
    public EvolutionSettings(int dimension, int population)
    {
        (Dimension, Population) = (dimension, population);
        double n = dimension;
        double[] raw = [.. Enumerable.Range(1, population).Select(rank => Math.Log((population + 1) / 2.0) - Math.Log(rank))];
        var parents = population / 2;
        ParentMass = Mass(raw[..parents]);
        const double Alpha = 2;
        RankOneRate = Alpha / ((n + 1.3) * (n + 1.3) + ParentMass);
        RankMuRate = Math.Min(1 - RankOneRate - 1e-8, Alpha * (ParentMass - 2 + 1 / ParentMass) / ((n + 2) * (n + 2) + Alpha * ParentMass / 2));
        var negative = Math.Min(
            Math.Min(1 + RankOneRate / RankMuRate, 1 + 2 * Mass(raw[parents..]) / (ParentMass + 2)),
            (1 - RankOneRate - RankMuRate) / (n * RankMuRate));
        double plus = raw.Where(weight => weight > 0).Sum(), minus = -raw.Where(weight => weight < 0).Sum();
        Weights = [.. raw.Select(weight => weight >= 0 ? weight / plus : negative * weight / minus)];
        StepPathRate = (ParentMass + 2) / (n + ParentMass + 5);
        StepDamping = 1 + 2 * Math.Max(0, Math.Sqrt((ParentMass - 1) / (n + 1)) - 1) + StepPathRate;
        CovariancePathRate = (4 + ParentMass / n) / (n + 4 + 2 * ParentMass / n);
        NormalLength = Math.Sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    }

    /// <summary>How many numbers are searched: n.</summary>
    public int Dimension { get; }

    /// <summary>How many points are a generation: λ.</summary>
    public int Population { get; }

    /// <summary>The weight of each rank, the best first; those of the better half add up to 1, those of the worse half are negative.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The variance-effective number of parents: μ_eff.</summary>
    public double ParentMass { get; }

    /// <summary>Learning rate of the rank-one update: c_1.</summary>
    public double RankOneRate { get; }

    /// <summary>Learning rate of the rank-μ update: c_μ.</summary>
    public double RankMuRate { get; }

    /// <summary>Learning rate of the path of the step size: c_σ.</summary>
    public double StepPathRate { get; }

    /// <summary>Damping of the step size: d_σ.</summary>
    public double StepDamping { get; }

    /// <summary>Learning rate of the path of the covariance: c_c.</summary>
    public double CovariancePathRate { get; }

    /// <summary>The expected length of a standard normal vector.</summary>
    public double NormalLength { get; }

    /// <summary>The population that the tutorial advises for a dimension (equation 48).</summary>
    public static int DefaultPopulation(int dimension) => 4 + (int)Math.Floor(3 * Math.Log(dimension));

    private static double Mass(double[] weights) => weights.Sum() * weights.Sum() / weights.Sum(weight => weight * weight);
}
