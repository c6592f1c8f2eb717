using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Jpeg;

/// <summary>Reads bits of a scan up to the next marker; a zero byte behind 0xFF is taken out (T.81, F.2.2.5).</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> all, int begin)
{
    private readonly ReadOnlySpan<byte> all = all;
    private uint held;
    private int count;
    private int padding;

    /// <summary>The next byte that is not taken yet.</summary>
    public int At { get; private set; } = begin;

    /// <summary>The next bits, with zeros behind the end.</summary>
    public int Peek(int bits)
    {
        while (count < bits)
            Fill();
        return (int)(held >> (32 - bits));
    }

    /// <summary>Takes bits.</summary>
    /// <exception cref="ImageException">There are none left.</exception>
    public void Skip(int bits)
    {
        held <<= bits;
        count -= bits;
        if (count < padding)
            throw Broken("an end in the middle");
    }

    /// <summary>Takes one bit.</summary>
    public bool Bit()
    {
        var bit = Peek(1);
        Skip(1);
        return bit != 0;
    }

    /// <summary>Takes up to 16 bits.</summary>
    public int Take(int bits)
    {
        if (bits == 0)
            return 0;
        var value = Peek(bits);
        Skip(bits);
        return value;
    }

    /// <summary>Takes a number of so many bits: with a zero in front it is negative (T.81, F.2.2.1).</summary>
    public int TakeSigned(int bits)
    {
        var value = Take(bits);
        return bits == 0 || value >> (bits - 1) != 0 ? value : value - (1 << bits) + 1;
    }

    /// <summary>Goes over the marker that begins the next interval.</summary>
    /// <param name="number">Its number, 0 to 7.</param>
    /// <exception cref="ImageException">Another thing stands there.</exception>
    public void Restart(int number)
    {
        if (count - padding >= 8)
            throw Broken("more data than an interval has");
        (held, count, padding) = (0, 0, 0);
        while (At + 1 < all.Length && all[At] == 0xff && all[At + 1] == 0xff)
            At++;
        if (At + 1 >= all.Length || all[At] != 0xff || all[At + 1] != 0xd0 + number)
            throw Broken($"no restart marker {number} where one should be");
        At += 2;
    }

    /// <summary>An error at this place.</summary>
    public readonly ImageException Broken(string what) => new($"its data has {what}", At, ImageException.WriteAnew);

    private void Fill()
    {
        if (At >= all.Length || (all[At] == 0xff && (At + 1 >= all.Length || all[At + 1] != 0)))
        {
            padding += 8;
        }
        else
        {
            held |= (uint)all[At] << (24 - count);
            At += all[At] == 0xff ? 2 : 1;
        }

        count += 8;
    }
}
