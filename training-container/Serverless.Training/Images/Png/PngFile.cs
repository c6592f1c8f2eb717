using System.Buffers.Binary;
using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Png;

/// <summary>The chunks of a PNG file that its pixels need.</summary>
internal sealed class PngFile
{
    /// <summary>The first bytes of each such file.</summary>
    public static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private const int Header = 0x49484452; // IHDR
    private const int PaletteChunk = 0x504c5445; // PLTE
    private const int Data = 0x49444154; // IDAT
    private const int End = 0x49454e44; // IEND
    private const int Transparency = 0x74524e53; // tRNS
    private const int Ancillary = 0x20000000; // the fifth bit of the name's first letter: a reader may pass the chunk over
    private const int BytesAround = 12;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly List<Range> data = [];

    private PngFile(ReadOnlyMemory<byte> bytes, PngHeader what) => (this.bytes, What) = (bytes, what);

    /// <summary>The header.</summary>
    public PngHeader What { get; }

    /// <summary>Red, green and blue of each entry; empty when there is no palette.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The chunk tRNS: an opacity for each entry of the palette, or the one colour that is transparent; empty when there is none.</summary>
    public byte[] Transparent { get; private set; } = [];

    /// <summary>The parts of the compressed pixels.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Parts => [.. data.Select(range => bytes[range])];

    /// <summary>Reads the header alone.</summary>
    public static PngHeader Peek(ReadOnlySpan<byte> bytes, ImageLimits limits)
    {
        var at = Signature.Length;
        if (bytes.Length < at + BytesAround + PngHeader.Size || BinaryPrimitives.ReadInt32BigEndian(bytes[(at + 4)..]) != Header)
            throw new ImageException("it does not begin with its header", at, ImageException.WriteAnew);
        return PngHeader.Read(bytes.Slice(at + 8, PngHeader.Size), at + 8, limits);
    }

    /// <summary>Reads the chunks.</summary>
    /// <exception cref="ImageException">They are not whole.</exception>
    public static PngFile Read(ReadOnlyMemory<byte> bytes, ImageLimits limits)
    {
        var file = new PngFile(bytes, Peek(bytes.Span, limits));
        var at = Signature.Length;
        while (file.Chunk(ref at))
        {
        }

        if (file.data.Count == 0)
            throw new ImageException("it has no pixels", at, ImageException.WriteAnew);
        if (file.What.Kind == PngKind.Palette && file.Palette.Length == 0)
            throw new ImageException("its pixels are entries of a palette, and there is none", at, ImageException.WriteAnew);
        return file;
    }

    /// <returns>Whether more may come.</returns>
    private bool Chunk(ref int at)
    {
        var all = bytes.Span;
        var begin = at;
        if (all.Length - begin < BytesAround)
            throw new ImageException("it ends before its last chunk", begin, ImageException.WriteAnew);
        var length = BinaryPrimitives.ReadUInt32BigEndian(all[begin..]);
        if (length > all.Length - begin - BytesAround)
            throw new ImageException(FormattableString.Invariant($"it has a chunk of {length} bytes, and {all.Length - begin - BytesAround} are left"), begin, ImageException.WriteAnew);
        var name = BinaryPrimitives.ReadInt32BigEndian(all[(begin + 4)..]);
        Range content = (begin + 8)..(begin + 8 + (int)length);
        at = begin + BytesAround + (int)length;
        if ((name & Ancillary) != 0 && name != Transparency)
            return true;
        if (PngChecksum.Of(all[(begin + 4)..(begin + 8 + (int)length)]) != BinaryPrimitives.ReadUInt32BigEndian(all[(at - 4)..]))
            throw new ImageException("a chunk's checksum is another one: the file was changed or damaged", begin, ImageException.WriteAnew);
        switch (name)
        {
            case Header when begin == Signature.Length:
                break;
            case PaletteChunk when data.Count == 0 && Palette.Length == 0:
                if (length is 0 or > 768 || length % 3 != 0)
                    throw new ImageException(FormattableString.Invariant($"its palette has {length} bytes, and should have 3 for each of 1 to 256 colours"), begin, ImageException.WriteAnew);
                Palette = all[content].ToArray();
                break;
            case Transparency when data.Count == 0:
                Transparent = all[content].ToArray();
                CheckTransparent(begin);
                break;
            case Data:
                data.Add(content);
                break;
            case End:
                return false;
            default:
                throw new ImageException("it has a chunk that must be understood and is not, or one in the wrong place", begin, "Write the image anew with another program.");
        }

        return true;
    }

    private void CheckTransparent(int offset)
    {
        var fits = What.Kind switch
        {
            PngKind.Grey => Transparent.Length == 2,
            PngKind.Colour => Transparent.Length == 6,
            PngKind.Palette => Transparent.Length * 3 <= Palette.Length,
            PngKind.GreyWithOpacity or PngKind.ColourWithOpacity => false,
            _ => throw new InvalidOperationException($"There is no kind {What.Kind}."),
        };
        if (!fits)
            throw new ImageException(FormattableString.Invariant($"it says in {Transparent.Length} bytes which colour is transparent, which does not fit its kind"), offset, ImageException.WriteAnew);
    }
}
