using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Serverless.Training.Images.Png;

namespace Serverless.Torch.Tests.Trainers;

/// <summary>Writes grey images as PNG.</summary>
internal static class GreyPng
{
    public static byte[] Of(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using MemoryStream file = new(), packed = new();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(y * width, width));
            }

        var header = new byte[PngHeader.Size];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        file.Write(PngFile.Signature);
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, string name, byte[] content)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(name), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngChecksum.Of(chunk));
        file.Write(number);
    }
}
