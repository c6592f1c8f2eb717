using Serverless.Training.Tables;

namespace Serverless.Training.Rows;

/// <summary>A column of numbers that is to be told. The network learns it with the mean taken out, in units of its spread.</summary>
/// <param name="Mean">The mean of the rows to learn from.</param>
/// <param name="Spread">Their standard deviation.</param>
/// <param name="Learn">The numbers of the rows to learn from.</param>
/// <param name="Held">The numbers of the rows put aside.</param>
internal sealed record NumberTarget(double Mean, double Spread, IReadOnlyList<double> Learn, IReadOnlyList<double> Held)
{
    /// <summary>Finds mean and spread.</summary>
    /// <param name="column">The column, for messages.</param>
    /// <param name="learn">The numbers of the rows to learn from.</param>
    /// <param name="held">The numbers of the rows put aside.</param>
    /// <exception cref="DataException">All are one number.</exception>
    public static NumberTarget Of(string column, IReadOnlyList<double> learn, IReadOnlyList<double> held)
    {
        var mean = learn.Average();
        var spread = Math.Sqrt(learn.Average(value => (value - mean) * (value - mean)));
        if (!(spread > 1e-12 * Math.Abs(mean)))
            throw new DataException(FormattableString.Invariant($"The column '{column}' is {learn[0]} in every row to learn from. Give rows with different values."));
        return new(mean, spread, learn, held);
    }

    /// <summary>A number as the network learns it.</summary>
    public float Scaled(double value) => (float)((value - Mean) / Spread);

    /// <summary>What the network gave, as a number.</summary>
    public double Value(double scaled) => scaled * Spread + Mean;
}
