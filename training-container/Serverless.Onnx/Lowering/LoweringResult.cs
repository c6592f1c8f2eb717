using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Refusals;

namespace Serverless.Onnx.Lowering;

/// <summary>A model, or why there is none.</summary>
/// <param name="Model">The model; null when something is refused.</param>
/// <param name="Refusals">All that is refused; empty when there is a model.</param>
public sealed record LoweringResult(OnnxModel? Model, IReadOnlyList<LoweringRefusal> Refusals);
