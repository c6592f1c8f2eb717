using System.Runtime.InteropServices;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>Rounds weights to 16 bits, to the nearest, ties to even (IEEE 754 binary16).</summary>
internal static class HalfTensor
{
    /// <summary>A tensor of 32-bit numbers in 16 bits. What is finite stays finite: beyond ±65,504 it becomes that, so that masks do not turn into infinities and these into NaN.</summary>
    public static OnnxTensor Of(OnnxTensor tensor, ref long clamped, ref long vanished)
    {
        var from = MemoryMarshal.Cast<byte, float>(tensor.Data.Span);
        var to = new Half[from.Length];
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (Half)from[i];
            if (Half.IsInfinity(to[i]) && float.IsFinite(from[i]))
            {
                to[i] = from[i] > 0 ? Half.MaxValue : Half.MinValue;
                clamped++;
            }
            else if (to[i] == Half.Zero && from[i] != 0)
                vanished++;
        }

        return tensor with { Element = ElementType.Float16, Data = MemoryMarshal.AsBytes<Half>(to).ToArray() };
    }

    /// <summary>What a <c>Constant</c> of 32-bit numbers holds; null when it holds something else.</summary>
    public static OnnxTensor? OfConstant(OnnxNode node) => node.Attributes is not [var value] ? null : value.Kind switch
    {
        AttributeKind.Tensor when value.Tensors[0].Element == ElementType.Float => value.Tensors[0],
        AttributeKind.Float => OnnxTensor.Of([value.Float]),
        AttributeKind.Floats => OnnxTensor.Of([.. value.Floats], value.Floats.Count),
        _ => null,
    };
}
