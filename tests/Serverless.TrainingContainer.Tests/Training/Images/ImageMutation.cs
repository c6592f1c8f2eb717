using System.Buffers.Binary;
using Serverless.Training.Images.Png;

namespace Serverless.TrainingContainer.Tests.Training.Images;

/// <summary>Damages image files. Checksums of PNG are made right again half of the time, so that what is behind them is reached.</summary>
internal static class ImageMutation
{
    private const int ChunkBytes = 12;

    public static byte[] Of(byte[] bytes, Random random)
    {
        List<byte> mutated = [.. bytes];
        for (var change = random.Next(1, 6); change > 0 && mutated.Count > 4; change--)
        {
            var at = random.Next(mutated.Count);
            var length = Math.Min(mutated.Count - at, random.Next(1, 12));
            switch (random.Next(8))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 2:
                    mutated[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xff;
                    break;
                case 3:
                    mutated.RemoveRange(at, length);
                    break;
                case 4:
                    mutated.InsertRange(at, mutated.GetRange(at, length));
                    break;
                case 5:
                    mutated.InsertRange(at, [0xff, (byte)(0xc0 + random.Next(64))]);
                    break;
                case 6:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
                default:
                    for (var i = 0; i < length; i++)
                        mutated[at + i] = (byte)random.Next(256);
                    break;
            }
        }

        byte[] all = [.. mutated];
        if (random.Next(2) == 0 && all.AsSpan().StartsWith(PngFile.Signature))
            Sign(all);
        return all;
    }

    /// <summary>A PNG that says that it has another size.</summary>
    public static byte[] Resized(byte[] png, int width, int height)
    {
        byte[] all = [.. png];
        BinaryPrimitives.WriteInt32BigEndian(all.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(all.AsSpan(20), height);
        Sign(all);
        return all;
    }

    private static void Sign(Span<byte> png)
    {
        for (var at = PngFile.Signature.Length; at + ChunkBytes <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - ChunkBytes)
                return;
            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(png[end..], PngChecksum.Of(png[(at + 4)..end]));
            at = end + 4;
        }
    }
}
