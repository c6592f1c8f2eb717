namespace Serverless.Training.Images.Png;

/// <summary>CRC-32 as PNG has it (ISO 3309, polynomial 0xEDB88320, reflected).</summary>
internal static class PngChecksum
{
    private const uint Polynomial = 0xedb88320;
    private static readonly uint[] Table = Make();

    /// <summary>The checksum of a chunk's name and content.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var each in bytes)
            sum = Table[(byte)(sum ^ each)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint[] Make()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 1 ? Polynomial ^ (value >> 1) : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
