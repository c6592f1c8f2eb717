using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>What a conversion did.</summary>
public sealed record PrecisionReport
{
    /// <summary>Bytes of the weights before.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>Bytes of the weights after.</summary>
    public required long BytesAfter { get; init; }

    /// <summary>Nodes that compute in the new precision.</summary>
    public required int Converted { get; init; }

    /// <summary>Operators that were left in 32 bits, with the number of their nodes.</summary>
    public required IReadOnlyDictionary<string, int> Left { get; init; }

    /// <summary>Weights that were too large for the new precision and now have its largest value.</summary>
    public long Clamped { get; init; }

    /// <summary>Weights that were not zero and are now, because they are too small for the new precision.</summary>
    public long Vanished { get; init; }

    internal static long WeightBytes(OnnxGraph graph) => graph.Initializers.Sum(tensor => (long)tensor.Data.Length);
}
