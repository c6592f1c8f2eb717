using System.IO.Compression;
using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Png;

/// <summary>Unpacks rows one by one and takes their filters off (PNG specification, 9). No more is unpacked than the header's size asks for.</summary>
internal sealed class PngRows : IDisposable
{
    private readonly ZLibStream stream;
    private readonly int step;
    private byte[] above = [];
    private byte[] row = [];

    /// <param name="file">The file.</param>
    public PngRows(PngFile file)
    {
        stream = new(new JoinedParts(file.Parts), CompressionMode.Decompress);
        step = Math.Max(1, file.What.BitsPerPixel / 8);
    }

    /// <summary>Begins a pass: above its first row is nothing.</summary>
    /// <param name="bytes">Bytes of its rows.</param>
    public void Begin(int bytes) => (above, row) = (new byte[bytes], new byte[bytes]);

    /// <summary>The next row of the pass; good until the one after it.</summary>
    /// <param name="number">Its number in the pass, for messages.</param>
    /// <exception cref="ImageException">The data ends, or is no such row.</exception>
    public ReadOnlySpan<byte> Next(int number)
    {
        (above, row) = (row, above);
        try
        {
            var filter = stream.ReadByte();
            if (filter < 0 || stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
                throw Refuse(number, "its pixels end");
            Unfilter(filter, number);
            return row;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException) // which of them depends on what is wrong
        {
            throw Refuse(number, "its pixels cannot be unpacked");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void Unfilter(int filter, int number)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (var i = step; i < row.Length; i++)
                    row[i] += row[i - step];
                break;
            case 2:
                for (var i = 0; i < row.Length; i++)
                    row[i] += above[i];
                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                    row[i] += (byte)((Left(i) + above[i]) / 2);
                break;
            case 4:
                for (var i = 0; i < row.Length; i++)
                    row[i] += Paeth(Left(i), above[i], i < step ? 0 : above[i - step]);
                break;
            default:
                throw Refuse(number, $"its pixels have the filter {filter}, which does not exist,");
        }
    }

    private int Left(int i) => i < step ? 0 : row[i - step];

    private static byte Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        int toLeft = Math.Abs(guess - left), toUp = Math.Abs(guess - up), toCorner = Math.Abs(guess - corner);
        return (byte)(toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
    }

    private ImageException Refuse(int number, string what) =>
        new(FormattableString.Invariant($"{what} in row {number} of {(row.Length == 1 ? "1 byte" : $"{row.Length} bytes")}"), ((JoinedParts)stream.BaseStream).Position, ImageException.WriteAnew);
}
