using System.Buffers.Binary;
using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Jpeg;

/// <summary>
/// Reads baseline, extended and progressive JPEG files of 8 bits with Huffman codes (T.81), grey, YCbCr or RGB, and turns them upright. An image of which a part is missing or damaged is refused.
/// </summary>
internal sealed class JpegDecoder
{
    private const int Tables = 4;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly ImageLimits limits;
    private readonly bool sizeOnly;
    private readonly ushort[]?[] steps = new ushort[Tables][];
    private readonly JpegCodes?[,] codes = new JpegCodes?[2, Tables];
    private readonly HashSet<JpegComponent> begun = [];
    private JpegFrame? frame;
    private int interval;
    private int scans;
    private int orientation = 1;
    private bool hasJfif;
    private int adobe = -1;
    private int at = 2;

    private JpegDecoder(ReadOnlyMemory<byte> bytes, ImageLimits limits, bool sizeOnly) => (this.bytes, this.limits, this.sizeOnly) = (bytes, limits, sizeOnly);

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImageException">It is none that can be read.</exception>
    public static Raster Decode(ReadOnlyMemory<byte> bytes, ImageLimits limits)
    {
        var decoder = new JpegDecoder(bytes, limits, false);
        decoder.Segments();
        return ExifOrientation.Apply(JpegPlanes.Join(decoder.frame!, decoder.IsRgb), decoder.orientation);
    }

    /// <summary>Reads the size of the upright image.</summary>
    /// <exception cref="ImageException">It is no such file.</exception>
    public static (int Width, int Height) Peek(ReadOnlyMemory<byte> bytes, ImageLimits limits)
    {
        var decoder = new JpegDecoder(bytes, limits, true);
        decoder.Segments();
        var frame = decoder.frame!;
        return decoder.orientation >= 5 ? (frame.Height, frame.Width) : (frame.Width, frame.Height);
    }

    /// <summary>An Adobe marker says it; without it and without JFIF's, the components' names do.</summary>
    private bool IsRgb => frame!.Components.Count == 3
        && (adobe >= 0 ? adobe == 0 : !hasJfif && frame.Components.Select(each => each.Id).SequenceEqual(['R', 'G', 'B']));

    private void Segments()
    {
        while (Marker() is var marker && marker != 0xd9)
        {
            if (marker is >= 0xd0 and <= 0xd7 or 0x01)
                continue; // markers without a segment
            var segment = Segment();
            Take(marker, segment.Span, at - segment.Length);
            if (sizeOnly && frame is not null)
                return;
        }

        if (frame is null || begun.Count < frame.Components.Count)
            throw new ImageException("it ends before its pixels", at, ImageException.WriteAnew);
    }

    /// <summary>The next marker; what stands before it is passed over, as it is behind the data of a scan.</summary>
    private int Marker()
    {
        var all = bytes.Span;
        while (at + 1 < all.Length && (all[at] != 0xff || all[at + 1] is 0 or 0xff))
            at++;
        if (at + 1 < all.Length)
            return all[(at += 2) - 1];
        return frame is { IsProgressive: false } && begun.Count == frame.Components.Count
            ? 0xd9 // all is there but the end marker
            : throw new ImageException("it ends before its end marker", at, ImageException.WriteAnew);
    }

    private ReadOnlyMemory<byte> Segment()
    {
        var left = bytes.Length - at;
        var length = left < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[at..]);
        if (length < 2 || length > left)
            throw new ImageException(FormattableString.Invariant($"it has a segment of {length} bytes, and {left} are left"), at, ImageException.WriteAnew);
        var segment = bytes.Slice(at + 2, length - 2);
        at += length;
        return segment;
    }

    private void Take(int marker, ReadOnlySpan<byte> segment, int offset)
    {
        switch (marker)
        {
            case 0xc4:
                ReadCodes(segment, offset);
                break;
            case 0xcc:
                throw new ImageException("it is a JPEG with arithmetic coding, which is not read", offset, "Write it anew as a baseline or progressive JPEG, or as PNG.");
            case >= 0xc0 and <= 0xcf when marker != 0xc8:
                if (frame is not null)
                    throw new ImageException("it has a second frame", offset, ImageException.WriteAnew);
                frame = JpegFrame.Read(segment, marker, offset, limits);
                break;
            case 0xdb:
                ReadSteps(segment, offset);
                break;
            case 0xdd:
                interval = segment.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(segment) : throw new ImageException("its restart interval is cut off", offset, ImageException.WriteAnew);
                break;
            case 0xda:
                Scan(segment, offset);
                break;
            case 0xe0:
                hasJfif |= segment.StartsWith("JFIF\0"u8);
                break;
            case 0xe1:
                orientation = orientation == 1 ? ExifOrientation.Of(segment) : orientation;
                break;
            case 0xee when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                adobe = segment[11];
                break;
            default:
                break; // comments, and what programs keep for themselves
        }
    }

    private void Scan(ReadOnlySpan<byte> segment, int offset)
    {
        if (frame is null)
            throw new ImageException("it has a scan before its frame", offset, ImageException.WriteAnew);
        if (++scans > limits.MaxScans)
            throw new ImageException(FormattableString.Invariant($"it has more than {limits.MaxScans} scans"), offset, "Write it anew as a baseline JPEG.");
        foreach (var component in frame.Components)
        {
            if (component.Coefficients.Length == 0)
                component.Size(frame);
            component.Steps ??= steps[component.Table];
        }

        var scan = JpegScan.Read(segment, frame, codes, offset);
        foreach (var (component, _, _) in scan.Components)
            if (!begun.Add(component) && !frame.IsProgressive)
                throw new ImageException("it has a second scan of one component", offset, ImageException.WriteAnew);
        at = new JpegBlocks(frame, scan, bytes.Span, at).Read(interval);
    }

    private void ReadSteps(ReadOnlySpan<byte> segment, int offset)
    {
        while (segment.Length > 0)
        {
            var (wide, number) = (segment[0] >> 4, segment[0] & 15);
            var size = JpegComponent.BlockSize * (wide + 1);
            if (wide > 1 || number >= Tables || segment.Length < 1 + size)
                throw new ImageException("a quantization table is cut off or has a wrong number", offset, ImageException.WriteAnew);
            var table = new ushort[JpegComponent.BlockSize];
            for (var i = 0; i < table.Length; i++)
                table[JpegBlocks.Places[i]] = wide == 0 ? segment[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + 2 * i)..]);
            steps[number] = table;
            segment = segment[(1 + size)..];
        }
    }

    private void ReadCodes(ReadOnlySpan<byte> segment, int offset)
    {
        while (segment.Length > 0)
        {
            var (kind, number) = (segment[0] >> 4, segment[0] & 15);
            var counts = segment.Length > JpegCodes.Longest ? segment.Slice(1, JpegCodes.Longest) : [];
            var values = 0;
            foreach (var count in counts)
                values += count;
            if (kind > 1 || number >= Tables || counts.Length == 0 || values > 256 || segment.Length < 1 + JpegCodes.Longest + values)
                throw new ImageException("a table of codes is cut off or has a wrong number", offset, ImageException.WriteAnew);
            codes[kind, number] = new(counts, segment.Slice(1 + JpegCodes.Longest, values), offset);
            segment = segment[(1 + JpegCodes.Longest + values)..];
        }
    }
}
