using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Calls;

/// <summary>Writes the ONNX for one recorded operator.</summary>
/// <returns>One value for each output; a <see cref="Building.GraphValue"/> becomes one by itself.</returns>
/// <exception cref="Refusals.RefusedException">The operator cannot be lowered as it was called.</exception>
internal delegate IReadOnlyList<LoweredValue> LoweringRule(LoweringCall call);
