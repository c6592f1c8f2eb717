namespace Serverless.Training.Images.Jpeg;

/// <summary>One component of a JPEG image (T.81, A.1.1): brightness, or one of two colours.</summary>
internal sealed class JpegComponent
{
    /// <summary>Samples in a row or column of a block.</summary>
    public const int Side = 8;

    /// <summary>Samples of a block.</summary>
    public const int BlockSize = Side * Side;

    /// <summary>Its name in scans.</summary>
    public required int Id { get; init; }

    /// <summary>Its blocks in a row of an interleaved unit, 1 to 4.</summary>
    public required int Across { get; init; }

    /// <summary>Its rows of blocks in an interleaved unit, 1 to 4.</summary>
    public required int Down { get; init; }

    /// <summary>The number of its quantization table.</summary>
    public required int Table { get; init; }

    /// <summary>Samples of a row that belong to the image.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of samples that belong to the image.</summary>
    public int Height { get; private set; }

    /// <summary>Blocks of a row, with those that fill up a unit.</summary>
    public int BlocksAcross { get; private set; }

    /// <summary>Rows of blocks, with those that fill up a unit.</summary>
    public int BlocksDown { get; private set; }

    /// <summary>All coefficients, block by block, in their natural order, not multiplied yet.</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>The steps of quantization, as they were when its first scan began; null: no scan has.</summary>
    public ushort[]? Steps { get; set; }

    /// <summary>The last block's mean, from which the next one's is told.</summary>
    public int Mean { get; set; }

    /// <summary>Takes memory for an image's blocks.</summary>
    /// <param name="frame">The image.</param>
    public void Size(JpegFrame frame)
    {
        Width = Divide(frame.Width * Across, frame.MaxAcross);
        Height = Divide(frame.Height * Down, frame.MaxDown);
        BlocksAcross = frame.UnitsAcross * Across;
        BlocksDown = frame.UnitsDown * Down;
        Coefficients = new short[(long)BlocksAcross * BlocksDown * BlockSize];
    }

    /// <summary>One block's coefficients.</summary>
    public Span<short> Block(int column, int row) => Coefficients.AsSpan((row * BlocksAcross + column) * BlockSize, BlockSize);

    private static int Divide(int value, int by) => (value + by - 1) / by;
}
