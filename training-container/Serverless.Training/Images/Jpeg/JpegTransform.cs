namespace Serverless.Training.Images.Jpeg;

/// <summary>
/// From coefficients to samples: quantization and the cosine transform undone (T.81, A.3.3 and A.3.4), by the eleven multiplications of Loeffler, Ligtenberg and Moschytz (ICASSP 1989),
/// in whole numbers with 13 bits behind the point and two more kept between the passes, which is how libjpeg rounds.
/// </summary>
internal static class JpegTransform
{
    private const int Side = JpegComponent.Side;
    private const int Bits = 13;
    private const int KeptBits = 2;
    private const int Middle = 128;

    /// <summary>All samples of a component, in rows of its blocks.</summary>
    public static byte[] Samples(JpegComponent component)
    {
        var stride = component.BlocksAcross * Side;
        var samples = new byte[(long)stride * component.BlocksDown * Side];
        Span<int> values = stackalloc int[JpegComponent.BlockSize];
        for (var row = 0; row < component.BlocksDown; row++)
            for (var column = 0; column < component.BlocksAcross; column++)
            {
                var block = component.Block(column, row);
                for (var i = 0; i < values.Length; i++)
                    values[i] = block[i] * component.Steps![i];
                for (var x = 0; x < Side; x++)
                    Undo(values[x..], Side, Bits - KeptBits);
                for (var y = 0; y < Side; y++)
                    Undo(values[(y * Side)..], 1, Bits + KeptBits + 3);
                for (var i = 0; i < values.Length; i++)
                    samples[(row * Side + i / Side) * stride + column * Side + i % Side] = (byte)Math.Clamp(values[i] + Middle, 0, byte.MaxValue);
            }

        return samples;
    }

    /// <summary>One row or column.</summary>
    /// <param name="values">Its eight values, each a step from the one before.</param>
    /// <param name="step">The step.</param>
    /// <param name="shift">Bits that are rounded off.</param>
    private static void Undo(Span<int> values, int step, int shift)
    {
        var turn = (values[2 * step] + values[6 * step]) * Fixed(0.541196100);
        var even2 = turn - values[6 * step] * Fixed(1.847759065);
        var even3 = turn + values[2 * step] * Fixed(0.765366865);
        var even0 = (values[0] + values[4 * step]) << Bits;
        var even1 = (values[0] - values[4 * step]) << Bits;
        int sum0 = even0 + even3, sum3 = even0 - even3, sum1 = even1 + even2, sum2 = even1 - even2;

        int odd0 = values[7 * step], odd1 = values[5 * step], odd2 = values[3 * step], odd3 = values[step];
        var both = (odd0 + odd2 + odd1 + odd3) * Fixed(1.175875602);
        var outer = (odd0 + odd3) * -Fixed(0.899976223);
        var inner = (odd1 + odd2) * -Fixed(2.562915447);
        var first = (odd0 + odd2) * -Fixed(1.961570560) + both;
        var second = (odd1 + odd3) * -Fixed(0.390180644) + both;
        odd0 = odd0 * Fixed(0.298631336) + outer + first;
        odd1 = odd1 * Fixed(2.053119869) + inner + second;
        odd2 = odd2 * Fixed(3.072711026) + inner + first;
        odd3 = odd3 * Fixed(1.501321110) + outer + second;

        var half = 1 << (shift - 1);
        (values[0], values[7 * step]) = ((sum0 + odd3 + half) >> shift, (sum0 - odd3 + half) >> shift);
        (values[step], values[6 * step]) = ((sum1 + odd2 + half) >> shift, (sum1 - odd2 + half) >> shift);
        (values[2 * step], values[5 * step]) = ((sum2 + odd1 + half) >> shift, (sum2 - odd1 + half) >> shift);
        (values[3 * step], values[4 * step]) = ((sum3 + odd0 + half) >> shift, (sum3 - odd0 + half) >> shift);
    }

    private static int Fixed(double value) => (int)(value * (1 << Bits) + 0.5);
}
