using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>
/// Brings products with constant matrices to 8 bits (dynamic quantization): the weights are rounded here, one scale a column; what is multiplied with them is rounded while
/// the model runs, with a scale from its own range (<c>DynamicQuantizeLinear</c>, <c>MatMulInteger</c>, as ONNX Runtime's quantization does). No data is needed. A quarter of the bytes, about two
/// decimal digits. Convolutions and recurrent layers stay in 32 bits: runtimes gain nothing, or have no such operator, there.
/// </summary>
public static class Int8Precision
{
    /// <summary>Converts a model.</summary>
    /// <exception cref="PrecisionException">It is older than opset 11, or its data lies outside the file.</exception>
    public static ConvertedModel Convert(OnnxModel model, Int8Options? options = null)
    {
        if (model.Opsets.FirstOrDefault(opset => OpsetImport.Canonical(opset.Domain) == OpsetImport.Main)?.Version is not >= 11 and var version)
            throw new PrecisionException($"The model uses version {version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} of ai.onnx; quantizing while it runs needs 11. Export it with opset 17.");
        if (model.Graph.Initializers.FirstOrDefault(tensor => tensor.External is not null) is { } outside)
            throw new PrecisionException($"The data of '{outside.Name}' lies outside the model. Read it in first, or convert before the data is put outside.");
        var graph = Int8Graph.Rewrite(model.Graph, options ?? new(), out var report);
        return new(model with { Graph = graph }, report);
    }
}
