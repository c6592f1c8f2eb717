using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Jpeg;

/// <summary>Which coefficients a scan brings of which components (T.81, B.2.3).</summary>
/// <param name="Components">The components with their tables of codes; a table that is not needed may be missing.</param>
/// <param name="First">The first coefficient, in zigzag order.</param>
/// <param name="Last">The last one.</param>
/// <param name="High">The bit above which they are known; 0: nothing is.</param>
/// <param name="Low">The bit down to which they come.</param>
internal sealed record JpegScan(IReadOnlyList<(JpegComponent Component, JpegCodes? Means, JpegCodes? Details)> Components, int First, int Last, int High, int Low)
{
    /// <summary>Reads a scan header.</summary>
    /// <param name="segment">The segment behind its length.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="tables">The tables of codes by class and number.</param>
    /// <param name="offset">Where it is.</param>
    /// <exception cref="ImageException">It does not fit the frame.</exception>
    public static JpegScan Read(ReadOnlySpan<byte> segment, JpegFrame frame, JpegCodes?[,] tables, int offset)
    {
        if (segment.Length < 1 || segment[0] is < 1 or > 4 || segment.Length < 4 + 2 * segment[0])
            throw new ImageException("a scan header is cut off", offset, ImageException.WriteAnew);
        List<(JpegComponent, JpegCodes?, JpegCodes?)> components = [];
        for (var i = 0; i < segment[0]; i++)
        {
            var (id, codes) = (segment[1 + 2 * i], segment[2 + 2 * i]);
            var component = frame.Components.FirstOrDefault(each => each.Id == id);
            if (component is null || components.Any(each => each.Item1 == component) || codes >> 4 > 3 || (codes & 15) > 3)
                throw new ImageException("a scan is of a component that is not there, or twice of one", offset, ImageException.WriteAnew);
            components.Add((component, tables[0, codes >> 4], tables[1, codes & 15]));
        }

        var rest = segment[(1 + 2 * segment[0])..];
        var scan = frame.IsProgressive ? new JpegScan(components, rest[0], rest[1], rest[2] >> 4, rest[2] & 15) : new(components, 0, JpegComponent.BlockSize - 1, 0, 0);
        scan.Check(frame, offset);
        return scan;
    }

    private void Check(JpegFrame frame, int offset)
    {
        var isMeans = First == 0;
        var fits = Last < JpegComponent.BlockSize && First <= Last && Low <= 13 && (High == 0 || High == Low + 1)
            && (!frame.IsProgressive || (isMeans ? Last == 0 : Components.Count == 1));
        if (!fits)
            throw new ImageException(FormattableString.Invariant($"a scan brings the coefficients {First} to {Last}, bits {High} to {Low}, which does not exist"), offset, ImageException.WriteAnew);
        foreach (var (component, means, details) in Components)
        {
            if ((isMeans && High == 0 && means is null) || (Last > 0 && details is null))
                throw new ImageException("a scan needs a table of codes that is not there", offset, ImageException.WriteAnew);
            if (component.Steps is null)
                throw new ImageException($"a scan needs the quantization table {component.Table}, which is not there", offset, ImageException.WriteAnew);
        }
    }
}
