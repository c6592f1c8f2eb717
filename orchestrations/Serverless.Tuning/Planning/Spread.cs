namespace Serverless.Tuning.Planning;

/// <summary>What a figure comes to in many simulated studies.</summary>
/// <param name="Low">A tenth is below.</param>
/// <param name="Median">Half is below.</param>
/// <param name="High">A tenth is above.</param>
public readonly record struct Spread(double Low, double Median, double High)
{
    /// <summary>The spread of some values; at least one.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new Spread(Percentiles.Of(sorted, 0.1), Percentiles.Of(sorted, 0.5), Percentiles.Of(sorted, 0.9));
    }
}
