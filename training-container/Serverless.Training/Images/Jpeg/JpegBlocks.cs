namespace Serverless.Training.Images.Jpeg;

/// <summary>Reads a scan's coefficients into the blocks of its components: sequential (T.81, F.2.2) and progressive (G.1.2, G.2).</summary>
internal ref struct JpegBlocks
{
    /// <summary>The natural place of each coefficient in zigzag order.</summary>
    public static readonly byte[] Places = Zigzag();

    private readonly JpegFrame frame;
    private readonly JpegScan scan;
    private JpegBits bits;
    private int emptyBlocks;

    /// <param name="frame">The frame.</param>
    /// <param name="scan">The scan.</param>
    /// <param name="all">The file.</param>
    /// <param name="begin">Where the scan's data begins.</param>
    public JpegBlocks(JpegFrame frame, JpegScan scan, ReadOnlySpan<byte> all, int begin)
    {
        (this.frame, this.scan) = (frame, scan);
        bits = new(all, begin);
    }

    /// <summary>Reads all.</summary>
    /// <param name="interval">Units between restart markers; 0: there are none.</param>
    /// <returns>The first byte behind the data.</returns>
    public int Read(int interval)
    {
        var alone = scan.Components.Count == 1;
        var only = scan.Components[0].Component;
        var across = alone ? (only.Width + JpegComponent.Side - 1) / JpegComponent.Side : frame.UnitsAcross;
        var down = alone ? (only.Height + JpegComponent.Side - 1) / JpegComponent.Side : frame.UnitsDown;
        Reset();
        var unit = 0;
        for (var row = 0; row < down; row++)
            for (var column = 0; column < across; column++, unit++)
            {
                if (interval > 0 && unit > 0 && unit % interval == 0)
                {
                    bits.Restart((unit / interval - 1) & 7);
                    Reset();
                }

                if (alone)
                    Block(0, only.Block(column, row));
                else
                    Unit(column, row);
            }

        return bits.At;
    }

    private void Unit(int column, int row)
    {
        for (var i = 0; i < scan.Components.Count; i++)
        {
            var component = scan.Components[i].Component;
            for (var y = 0; y < component.Down; y++)
                for (var x = 0; x < component.Across; x++)
                    Block(i, component.Block(column * component.Across + x, row * component.Down + y));
        }
    }

    private void Block(int index, Span<short> block)
    {
        if (!frame.IsProgressive)
        {
            Mean(index, block);
            Details(index, block);
        }
        else if (scan.First == 0)
        {
            if (scan.High == 0)
                Mean(index, block);
            else if (bits.Bit())
                block[0] |= (short)(1 << scan.Low);
        }
        else if (scan.High == 0)
        {
            Details(index, block);
        }
        else
        {
            Refine(index, block);
        }
    }

    private void Mean(int index, Span<short> block)
    {
        var (component, means, _) = scan.Components[index];
        var size = means!.Read(ref bits);
        if (size > 15)
            throw bits.Broken($"a mean of {size} bits");
        component.Mean += bits.TakeSigned(size);
        block[0] = unchecked((short)(component.Mean << scan.Low));
    }

    /// <summary>The coefficients behind the mean, when nothing is known of them.</summary>
    private void Details(int index, Span<short> block)
    {
        if (emptyBlocks > 0)
        {
            emptyBlocks--;
            return;
        }

        var codes = scan.Components[index].Details!;
        for (var place = Math.Max(1, scan.First); place <= scan.Last; place++)
        {
            var code = codes.Read(ref bits);
            var (zeros, size) = (code >> 4, code & 15);
            if (size == 0 && zeros < 15)
            {
                if (zeros > 0 && !frame.IsProgressive)
                    throw bits.Broken("a run of blocks, which only a progressive image may have");
                emptyBlocks = (1 << zeros) + bits.Take(zeros) - 1;
                return;
            }

            place += zeros;
            if (size == 0)
                continue;
            if (place > scan.Last)
                throw bits.Broken("more coefficients than a block has");
            block[Places[place]] = unchecked((short)(bits.TakeSigned(size) << scan.Low));
        }
    }

    /// <summary>One more bit of the coefficients that are known, and those that are new with it.</summary>
    private void Refine(int index, Span<short> block)
    {
        var codes = scan.Components[index].Details!;
        var place = scan.First;
        while (emptyBlocks == 0 && place <= scan.Last)
        {
            var code = codes.Read(ref bits);
            var (zeros, size) = (code >> 4, code & 15);
            if (size > 1)
                throw bits.Broken("a new coefficient of more than one bit");
            if (size == 0 && zeros < 15)
            {
                emptyBlocks = (1 << zeros) + bits.Take(zeros);
                break;
            }

            var value = size == 0 ? 0 : bits.Bit() ? 1 << scan.Low : -1 << scan.Low;
            for (; place <= scan.Last; place++)
                if (block[Places[place]] != 0)
                    AddBit(ref block[Places[place]]);
                else if (zeros-- == 0)
                    break;
            if (value != 0)
            {
                if (place > scan.Last)
                    throw bits.Broken("more coefficients than a block has");
                block[Places[place]] = (short)value;
            }

            place++;
        }

        if (emptyBlocks == 0)
            return;
        emptyBlocks--;
        for (; place <= scan.Last; place++)
            if (block[Places[place]] != 0)
                AddBit(ref block[Places[place]]);
    }

    private void AddBit(ref short coefficient)
    {
        var bit = 1 << scan.Low;
        if (bits.Bit() && (coefficient & bit) == 0)
            coefficient = unchecked((short)(coefficient + (coefficient > 0 ? bit : -bit)));
    }

    private void Reset()
    {
        emptyBlocks = 0;
        foreach (var (component, _, _) in scan.Components)
            component.Mean = 0;
    }

    private static byte[] Zigzag()
    {
        const int Side = JpegComponent.Side;
        var places = new byte[JpegComponent.BlockSize];
        var at = 0;
        for (var diagonal = 0; diagonal < 2 * Side - 1; diagonal++)
            for (var i = 0; i <= diagonal; i++)
            {
                var (row, column) = diagonal % 2 == 0 ? (diagonal - i, i) : (i, diagonal - i);
                if (row < Side && column < Side)
                    places[at++] = (byte)(row * Side + column);
            }

        return places;
    }
}
