using Serverless.Tuning.Randomness;

namespace Serverless.Tuning.Planning;

/// <summary>
/// How long a trial holds its machine, from claim to end, in seconds: log-normal around a median, or drawn from times that were seen. Whoever estimates a median is wrong for all trials alike, and
/// that does not average out over a study: each simulated study has its own error (<see cref="Doubt"/>).
/// </summary>
/// <param name="MedianSeconds">The median; above 0.</param>
public sealed record TrialTimes(double MedianSeconds)
{
    /// <summary>The 90th percentile of the standard normal distribution.</summary>
    public const double Tail = 1.2815515655446004;

    /// <summary>How far one trial differs from another: the standard deviation of the logarithm.</summary>
    public double Spread { get; init; } = 0.25;

    /// <summary>How far the median itself may be off: the standard deviation of its logarithm.</summary>
    public double Doubt { get; init; } = 0.1;

    /// <summary>Times that were seen; none: by median and spread. Each simulated study draws its own sample of them (Efron's bootstrap), so few times mean much doubt.</summary>
    public IReadOnlyList<double> Seen { get; init; } = [];

    /// <summary>Times of which a tenth is below <paramref name="low"/> and a tenth above <paramref name="high"/>.</summary>
    public static TrialTimes Between(double low, double high) => new(Math.Sqrt(low * high)) { Spread = Math.Log(high / low) / (2 * Tail) };

    /// <summary>Times as they were seen.</summary>
    /// <param name="seen">The times; at least one.</param>
    /// <param name="scale">What each is multiplied with: more data takes longer.</param>
    public static TrialTimes Of(IReadOnlyList<double> seen, double scale = 1)
    {
        var times = seen.Select(seconds => seconds * scale).Order().ToList();
        return new TrialTimes(Percentiles.Of(times, 0.5)) { Seen = times };
    }

    /// <summary>A study's own view of it.</summary>
    /// <param name="random">Decides by how much it is off.</param>
    internal Func<RandomSource, double> Draw(RandomSource random)
    {
        var scale = Math.Exp(Doubt * random.NextNormal());
        if (Seen.Count == 0)
            return trial => MedianSeconds * scale * Math.Exp(Spread * trial.NextNormal());

        // Of one time seen nothing is known of the others: they vary as by themselves.
        var sample = Seen.Select(_ => Seen[random.NextBelow(Seen.Count)]).ToArray();
        var own = Spread / Math.Sqrt(Seen.Count);
        return trial => sample[trial.NextBelow(sample.Length)] * scale * Math.Exp(own * trial.NextNormal());
    }
}
