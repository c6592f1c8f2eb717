using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Lowering.Values;

/// <summary>The memory behind a tensor and its views. ONNX has no writes: what libtorch writes into memory becomes a new value, and views of it are made anew.</summary>
/// <param name="current">Its value.</param>
internal sealed class TensorMemory(GraphValue current)
{
    private readonly List<TensorMemory> maybeShared = [];

    /// <summary>Its value after the writes so far.</summary>
    public GraphValue Current { get; private set; } = current;

    /// <summary>How often it was written.</summary>
    public int Version { get; private set; }

    /// <summary>Why it must not be written; null when it may be.</summary>
    public string? Locked { get; init; }

    /// <summary>The data of a parameter, buffer or constant.</summary>
    public OnnxTensor? Data { get; init; }

    /// <summary>Whether it depends on what the caller gives.</summary>
    public bool FromInputs { get; set; }

    /// <summary>The last operator that reads it, by its number; views count.</summary>
    public int LastRead { get; set; } = -1;

    public void Write(GraphValue value)
    {
        Current = value;
        Version++;
    }

    /// <summary>Says that libtorch may have kept one memory for both.</summary>
    public void MayShareWith(TensorMemory other)
    {
        maybeShared.Add(other);
        other.maybeShared.Add(this);
    }

    /// <summary>The memories that may be the same as this one.</summary>
    public IReadOnlySet<TensorMemory> MaybeSame()
    {
        var found = new HashSet<TensorMemory> { this };
        var open = new Queue<TensorMemory>(found);
        while (open.TryDequeue(out var next))
            foreach (var other in next.maybeShared)
                if (found.Add(other))
                    open.Enqueue(other);
        found.Remove(this);
        return found;
    }
}
