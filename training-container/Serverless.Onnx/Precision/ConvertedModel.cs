using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>A model in another precision.</summary>
/// <param name="Model">The new model; the one it was made from is unchanged.</param>
/// <param name="Report">What was converted and what was left.</param>
public sealed record ConvertedModel(OnnxModel Model, PrecisionReport Report);
