namespace Serverless.Inference.Checks;

/// <summary>What a constant of a model says of itself (message <c>TensorProto</c> of the published ONNX format).</summary>
internal ref struct TensorScan
{
    private const int DimsField = 1;
    private const int TypeField = 2;
    private const int NameField = 8;
    private const int RawField = 9;
    private const int ExternalDataField = 13;
    private const int LocationField = 14;

    /// <summary>Its name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether its bytes would be in another file.</summary>
    public bool IsExternal { get; private set; }

    /// <summary>Reads it.</summary>
    public static TensorScan Read(ReadOnlySpan<byte> message)
    {
        var scan = new TensorScan();
        var cursor = new ProtobufCursor(message);
        UInt128 elements = 1;
        long rawLength = -1;
        ulong type = 0;
        while (cursor.Next())
        {
            switch (cursor.Field)
            {
                case DimsField:
                    scan.Multiply(ref elements, cursor);
                    break;
                case TypeField:
                    type = cursor.Number;
                    break;
                case NameField:
                    scan.Name = cursor.Bytes;
                    break;
                case RawField:
                    rawLength = cursor.Bytes.Length;
                    break;
                case ExternalDataField:
                case LocationField when cursor.Number != 0:
                    scan.IsExternal = true;
                    break;
            }
        }

        if (cursor.Broken)
            scan.Fault = "is cut off or malformed";
        if (scan.Fault is null && rawLength >= 0 && !scan.IsExternal && BitsPerElement(type) is > 0 and var bits && ((elements * bits) + 7) / 8 != (UInt128)rawLength)
            scan.Fault = $"has {rawLength} bytes where its shape of {elements} elements needs {((elements * bits) + 7) / 8}";
        return scan;
    }

    private void Multiply(ref UInt128 elements, ProtobufCursor cursor)
    {
        if (!cursor.IsBytes)
        {
            MultiplyOne(ref elements, cursor.Number);
            return;
        }

        var packed = cursor.Bytes;
        while (!packed.IsEmpty && Fault is null)
        {
            if (!ProtobufCursor.TryTakeVarint(ref packed, out var dimension))
                Fault = "has a malformed shape";
            else
                MultiplyOne(ref elements, dimension);
        }
    }

    private void MultiplyOne(ref UInt128 elements, ulong dimension)
    {
        if (dimension > long.MaxValue)
            Fault = $"has the negative dimension {(long)dimension}";
        else if (dimension != 0 && elements > long.MaxValue / (UInt128)dimension)
            Fault = "has a shape whose product overflows";
        else
            elements *= dimension;
    }

    /// <summary>Bits an element of the ONNX types by their published numbers; 0 for text and types that are not known here.</summary>
    private static uint BitsPerElement(ulong type) => type switch
    {
        2 or 3 or 9 or 17 or 18 or 19 or 20 => 8,
        4 or 5 or 10 or 16 => 16,
        1 or 6 or 12 => 32,
        7 or 11 or 13 or 14 => 64,
        15 => 128,
        21 or 22 => 4,
        _ => 0,
    };
}
