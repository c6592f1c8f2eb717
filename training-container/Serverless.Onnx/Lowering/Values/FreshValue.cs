using Serverless.Onnx.Building;

namespace Serverless.Onnx.Lowering.Values;

/// <summary>A tensor as a rule gives it back.</summary>
/// <param name="value">The value in the graph.</param>
/// <param name="mayShare">The tensor whose memory libtorch may have kept for it, depending on strides that a recording does not have (<c>contiguous</c>, <c>reshape</c>); null: none.</param>
internal sealed class FreshValue(GraphValue value, TensorValue? mayShare = null) : LoweredValue
{
    public GraphValue Value => value;

    public TensorValue? MayShare => mayShare;
}
