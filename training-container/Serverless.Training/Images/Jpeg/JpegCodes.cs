using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Jpeg;

/// <summary>A table of Huffman codes (T.81, annex C and F.2.2.3): codes up to nine bits are looked up, longer ones compared.</summary>
internal sealed class JpegCodes
{
    /// <summary>Bits of the longest code.</summary>
    public const int Longest = 16;

    private const int Quick = 9;
    private readonly byte[] values;
    private readonly ushort[] quick = new ushort[1 << Quick];
    private readonly int[] last = new int[Longest + 1];
    private readonly int[] first = new int[Longest + 1];

    /// <param name="counts">How many codes have 1, 2, … 16 bits.</param>
    /// <param name="values">What they stand for, in their order.</param>
    /// <param name="offset">Where the table is.</param>
    /// <exception cref="ImageException">There are more codes of a length than there can be.</exception>
    public JpegCodes(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values, int offset)
    {
        this.values = values.ToArray();
        int code = 0, index = 0;
        for (var length = 1; length <= Longest; length++, code <<= 1)
        {
            var count = counts[length - 1];
            if (code + count > 1 << length)
                throw new ImageException("a table of codes has more codes than there can be", offset, ImageException.WriteAnew);
            first[length] = index - code;
            last[length] = count > 0 ? code + count - 1 : -1;
            for (var i = 0; i < count; i++, code++, index++)
                if (length <= Quick)
                    quick.AsSpan(code << (Quick - length), 1 << (Quick - length)).Fill((ushort)(length << 8 | values[index]));
        }
    }

    /// <summary>Reads a code.</summary>
    /// <returns>What it stands for.</returns>
    public int Read(ref JpegBits bits)
    {
        var ahead = bits.Peek(Longest);
        if (quick[ahead >> (Longest - Quick)] is var found and not 0)
        {
            bits.Skip(found >> 8);
            return found & 0xff;
        }

        for (var length = Quick + 1; length <= Longest; length++)
            if (ahead >> (Longest - length) is var code && code <= last[length])
            {
                bits.Skip(length);
                return first[length] + code is >= 0 and var index && index < values.Length ? values[index] : throw bits.Broken("a code that is in no table");
            }

        throw bits.Broken("a code that is in no table");
    }
}
