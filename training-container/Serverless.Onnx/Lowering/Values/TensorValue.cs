using Serverless.Onnx.Building;
using Serverless.Onnx.Lowering.Refusals;

namespace Serverless.Onnx.Lowering.Values;

/// <summary>A tensor: a memory, or a view of another tensor.</summary>
internal sealed class TensorValue : LoweredValue
{
    /// <summary>How many views of views are followed; deeper ones come from no network that people write, and would take the stack.</summary>
    private const int MaxDepth = 500;
    private readonly TensorValue? source;
    private readonly ViewStep? step;
    private readonly int depth;
    private GraphValue cached;
    private int version;

    public TensorValue(TensorMemory memory, LoweredType type)
    {
        (Memory, Type, cached) = (memory, type, memory.Current);
    }

    public TensorValue(TensorValue source, ViewStep step, GraphValue value, LoweredType type)
    {
        (Memory, Type, cached, version, depth) = (source.Memory, type, value, source.Memory.Version, source.depth + 1);
        (this.source, this.step) = (source, step);
        if (depth > MaxDepth)
            throw new RefusedException($"it is a view of a view, {depth} deep; the limit is {MaxDepth}", "Call clone() in between.");
    }

    public TensorMemory Memory { get; }

    public LoweredType Type { get; }

    /// <summary>Whether it is the whole of its memory, unwritten.</summary>
    public bool IsWhole => source is null && Memory.Version == 0;

    /// <summary>The matrix that this one is the transposition of; null when it is none.</summary>
    public TensorValue? Transposed => step?.IsMatrixTransposition == true ? source : null;

    /// <summary>Its value after all writes so far.</summary>
    public GraphValue Read()
    {
        if (version == Memory.Version)
            return cached;
        cached = (source is null ? Memory.Current : step!.Read(source.Read())) with { Type = Type.ToTensorType() };
        version = Memory.Version;
        return cached;
    }

    /// <summary>Writes it, and with it its memory.</summary>
    /// <exception cref="RefusedException">The write cannot be followed to the memory.</exception>
    public void Write(GraphValue value)
    {
        if (Memory.Locked is { } why)
            throw new RefusedException(why, "Keep state outside the network, or write into a clone().");
        WriteThrough(value);
        (cached, version) = (value, Memory.Version);
    }

    private void WriteThrough(GraphValue value)
    {
        if (source is null)
            Memory.Write(value with { Type = Type.ToTensorType() });
        else if (step!.Write is { } write)
            source.WriteThrough(write(source.Read(), value) with { Type = source.Type.ToTensorType() });
        else
            throw new RefusedException("it writes through a view that cannot be followed to its base", "Call clone() before writing.");
    }
}
