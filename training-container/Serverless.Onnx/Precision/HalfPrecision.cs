using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>
/// Brings a model to 16-bit floating point: weights, and computation but for operators that lose too much. Half the bytes; about three decimal digits. A runtime
/// without 16-bit arithmetic (ONNX Runtime on most processors) computes in 32 bits between the weights, so there the size falls and the time does not.
/// </summary>
public static class HalfPrecision
{
    /// <summary>Converts a model. 64-bit numbers, whole numbers and text stay as they are.</summary>
    /// <exception cref="PrecisionException">It holds operators of other operator sets, functions, or data outside the file.</exception>
    public static ConvertedModel Convert(OnnxModel model, HalfOptions? options = null)
    {
        if (model.Functions.Count > 0)
            throw new PrecisionException($"The model brings {model.Functions.Count} functions along, in which types cannot be followed. Export it without functions, or leave it in 32 bits.");
        if (model.Graph.Initializers.FirstOrDefault(tensor => tensor.External is not null) is { } outside)
            throw new PrecisionException($"The data of '{outside.Name}' lies outside the model. Read it in first, or convert before the data is put outside.");
        var graph = HalfGraph.Rewrite(model.Graph, options ?? new(), out var report);
        return new(model with { Graph = graph }, report);
    }
}
