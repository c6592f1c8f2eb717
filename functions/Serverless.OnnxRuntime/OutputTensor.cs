namespace Serverless.OnnxRuntime;

/// <summary>An output of a run, where the library put it. It ends with its call.</summary>
/// <param name="port">Which output.</param>
public sealed unsafe class OutputTensor(TensorPort port)
{
    private long[] shape = new long[4];
    private byte[] text = [];
    private nuint[] starts = [];
    private void* data;

    /// <summary>Which output.</summary>
    public TensorPort Port => port;

    /// <summary>Its type.</summary>
    public ElementType Type { get; private set; }

    /// <summary>Elements.</summary>
    public int Count { get; private set; }

    /// <summary>Its shape.</summary>
    public ReadOnlySpan<long> Shape => shape.AsSpan(0, Rank);

    /// <summary>Dimensions.</summary>
    public int Rank { get; private set; }

    /// <summary>Bytes of memory kept for texts.</summary>
    public int Capacity => text.Length + (starts.Length * sizeof(nuint));

    /// <summary>The elements, of a type without references.</summary>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged => new(data, Count);

    /// <summary>The elements as they are in memory.</summary>
    public ReadOnlySpan<byte> Raw => new(data, checked(Count * ElementTypes.Size(Type)));

    /// <summary>A text.</summary>
    public ReadOnlySpan<byte> Text(int index)
    {
        var end = index + 1 < Count ? (int)starts[index + 1] : textLength;
        return text.AsSpan((int)starts[index], end - (int)starts[index]);
    }

    private int textLength;

    /// <summary>Looks at a value that a run gave.</summary>
    /// <exception cref="OnnxException">It is no tensor, or of a type that is not carried.</exception>
    internal void Read(NativeRuntime runtime, nint value)
    {
        int isTensor;
        runtime.Check(runtime.Api.IsTensor(value, &isTensor));
        if (isTensor == 0)
            throw new OnnxException(9, $"The output '{port.Name}' is a sequence or map, which the Open Inference Protocol has no form for.");
        nint description;
        runtime.Check(runtime.Api.GetTensorTypeAndShape(value, &description));
        try
        {
            ReadDescription(runtime, description);
        }
        finally
        {
            runtime.Api.ReleaseTensorTypeAndShapeInfo(description);
        }

        if (Type == ElementType.Text)
            ReadTexts(runtime, value);
        else
            ReadData(runtime, value);
    }

    private void ReadDescription(NativeRuntime runtime, nint description)
    {
        int element;
        runtime.Check(runtime.Api.GetTensorElementType(description, &element));
        Type = (ElementType)element;
        if (!ElementTypes.IsCarried(Type))
            throw new OnnxException(9, $"The output '{port.Name}' has the ONNX element type {element}, which the Open Inference Protocol has no name for.");
        nuint rank;
        runtime.Check(runtime.Api.GetDimensionsCount(description, &rank));
        if (shape.Length < (int)rank)
            shape = new long[rank];
        Rank = (int)rank;
        fixed (long* dimensions = shape)
            runtime.Check(runtime.Api.GetDimensions(description, dimensions, rank));
        nuint count;
        runtime.Check(runtime.Api.GetTensorShapeElementCount(description, &count));
        Count = checked((int)count);
    }

    private void ReadData(NativeRuntime runtime, nint value)
    {
        void* pointer;
        runtime.Check(runtime.Api.GetTensorMutableData(value, &pointer));
        data = pointer;
    }

    private void ReadTexts(NativeRuntime runtime, nint value)
    {
        nuint length;
        runtime.Check(runtime.Api.GetStringTensorDataLength(value, &length));
        textLength = checked((int)length);
        if (text.Length < textLength)
            text = new byte[Math.Max(textLength, text.Length * 2)];
        if (starts.Length < Count)
            starts = new nuint[Math.Max(Count, starts.Length * 2)];
        fixed (byte* bytes = text)
        fixed (nuint* offsets = starts)
        {
            byte none;
            runtime.Check(runtime.Api.GetStringTensorContent(value, bytes == null ? &none : bytes, length, offsets, (nuint)Count));
        }
    }
}
