using System.Buffers.Binary;
using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Jpeg;

/// <summary>What a frame header says (T.81, B.2.2).</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="IsProgressive">Whether the coefficients come in several scans.</param>
/// <param name="Components">One for grey, three for colour.</param>
internal sealed record JpegFrame(int Width, int Height, bool IsProgressive, IReadOnlyList<JpegComponent> Components)
{
    /// <summary>The greatest <see cref="JpegComponent.Across"/>.</summary>
    public int MaxAcross { get; } = Components.Max(each => each.Across);

    /// <summary>The greatest <see cref="JpegComponent.Down"/>.</summary>
    public int MaxDown { get; } = Components.Max(each => each.Down);

    /// <summary>Interleaved units in a row.</summary>
    public int UnitsAcross => (Width + MaxAcross * JpegComponent.Side - 1) / (MaxAcross * JpegComponent.Side);

    /// <summary>Rows of interleaved units.</summary>
    public int UnitsDown => (Height + MaxDown * JpegComponent.Side - 1) / (MaxDown * JpegComponent.Side);

    /// <summary>Reads the header.</summary>
    /// <param name="segment">The segment behind its length.</param>
    /// <param name="marker">Its marker.</param>
    /// <param name="offset">Where it is.</param>
    /// <param name="limits">What is read at most.</param>
    /// <exception cref="ImageException">It is of a kind that is not read, or damaged.</exception>
    public static JpegFrame Read(ReadOnlySpan<byte> segment, int marker, int offset, ImageLimits limits)
    {
        if (marker is not (0xc0 or 0xc1 or 0xc2))
            throw new ImageException($"it is a JPEG with {(marker is 0xc3 or 0xc7 or 0xcb or 0xcf ? "lossless" : marker is 0xc5 or 0xc6 or 0xcd or 0xce ? "hierarchical" : "arithmetic")} coding, which is not read", offset, "Write it anew as a baseline or progressive JPEG, or as PNG.");
        if (segment.Length < 6 || segment.Length < 6 + 3 * segment[5])
            throw new ImageException("its frame header is cut off", offset, ImageException.WriteAnew);
        if (segment[0] != 8)
            throw new ImageException($"it is a JPEG of {segment[0]} bits a sample, and 8 are read", offset, "Write it anew with 8 bits, or as PNG.");
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
        limits.Check(width, height, offset);
        if (segment[5] == 4)
            throw new ImageException("it is a JPEG with four components (CMYK, for printing), which is not read", offset, "Convert it to RGB.");
        if (segment[5] is not (1 or 3))
            throw new ImageException($"it is a JPEG with {segment[5]} components, and 1 or 3 are read", offset, "Convert it to grey or RGB.");
        List<JpegComponent> components = [];
        for (var i = 0; i < segment[5]; i++)
        {
            var own = segment.Slice(6 + 3 * i, 3);
            var (across, down) = segment[5] == 1 ? (1, 1) : (own[1] >> 4, own[1] & 15); // one component alone is never interleaved
            if (across is < 1 or > 4 || down is < 1 or > 4 || own[2] > 3)
                throw new ImageException($"a component has the sampling {own[1] >> 4} × {own[1] & 15} and the table {own[2]}, which do not exist", offset, ImageException.WriteAnew);
            components.Add(new() { Id = own[0], Across = across, Down = down, Table = own[2] });
        }

        var frame = new JpegFrame(width, height, marker == 0xc2, components);
        if (components.Any(each => frame.MaxAcross % each.Across != 0 || frame.MaxDown % each.Down != 0))
            throw new ImageException("its components have samplings that do not divide each other, which is not read", offset, "Write it anew with 4:4:4, 4:2:2 or 4:2:0.");
        return frame;
    }
}
