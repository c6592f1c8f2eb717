using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.Onnx.Lowering.Values;

/// <summary>An integer that is known: a constant, a size, or what was computed from sizes.</summary>
/// <param name="size">How it depends on the dynamic sizes; null when it depends in no way that can be written.</param>
/// <param name="recorded">What it was in each recording.</param>
/// <param name="isTensor">Whether libtorch holds it as a tensor without dimensions, which decides types as a number does not.</param>
internal sealed class IntValue(SizeExpression? size, IReadOnlyList<long> recorded, bool isTensor = false) : LoweredValue
{
    public SizeExpression? Size => size;

    public IReadOnlyList<long> Recorded => recorded;

    public bool IsTensor => isTensor;
}
