namespace Serverless.Tuning.Numerics;

/// <summary>
/// An endless sequence of points that fill the unit cube evenly: multiples of the powers of one over the generalised golden ratio, moved by a shift
/// (Roberts, The Unreasonable Effectiveness of Quasirandom Sequences, 2018; a Kronecker sequence, Niederreiter 1992, section 3.1).
/// </summary>
internal sealed class Lattice
{
    private readonly double[] steps;
    private readonly double[] shift;

    /// <summary>A sequence with a shift in [0, 1) for each dimension.</summary>
    public Lattice(double[] shift)
    {
        this.shift = shift;
        var ratio = 2.0;
        for (var i = 0; i < 64; i++)
            ratio = Math.Pow(1 + ratio, 1.0 / (shift.Length + 1));
        steps = [.. Enumerable.Range(1, shift.Length).Select(power => Math.Pow(1 / ratio, power))];
    }

    /// <summary>Writes the point of an index.</summary>
    public void Point(int index, Span<double> point)
    {
        for (var i = 0; i < shift.Length; i++)
        {
            var value = shift[i] + index * steps[i];
            point[i] = value - Math.Floor(value);
        }
    }
}
