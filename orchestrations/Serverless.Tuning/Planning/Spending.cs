namespace Serverless.Tuning.Planning;

/// <summary>What the trials of a simulated study have cost: the machines' price times their time, from claim to end of each attempt.</summary>
/// <param name="pricePerHour">The price of a machine.</param>
internal sealed class Spending(decimal pricePerHour)
{
    private const double Hour = 3_600;

    private double sinceSum;
    private int busy;

    /// <summary>The seconds of the attempts that have ended.</summary>
    public double Settled { get; private set; }

    /// <summary>An attempt begins.</summary>
    public void Begin(double since) => (busy, sinceSum) = (busy + 1, sinceSum + since);

    /// <summary>An attempt ends.</summary>
    /// <returns>Its seconds.</returns>
    public double End(double since, double now)
    {
        var seconds = Math.Max(0, now - since);
        (busy, sinceSum, Settled) = (busy - 1, sinceSum - since, Settled + seconds);
        return seconds;
    }

    /// <summary>What all have cost by a time.</summary>
    public decimal At(double now) => pricePerHour * (decimal)Math.Max(0, Settled + busy * now - sinceSum) / 3_600m;

    /// <summary>When an amount is spent, if as many go on as do now; null: never.</summary>
    public double? Reaches(decimal amount) => busy == 0 || pricePerHour == 0 ? null : ((double)amount * Hour / (double)pricePerHour - Settled + sinceSum) / busy;
}
