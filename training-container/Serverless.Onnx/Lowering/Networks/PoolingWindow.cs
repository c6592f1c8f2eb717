using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>The windows of a pooling.</summary>
/// <param name="Kernel">Sizes of a window.</param>
/// <param name="Strides">From window to window.</param>
/// <param name="Paddings">What is added on both sides.</param>
/// <param name="Dilations">From element to element of a window.</param>
/// <param name="Overhang">What the last windows reach beyond the padding when sizes are rounded up; all 0 when they are not.</param>
/// <param name="RoundUp">Whether sizes are rounded up on axes that are dynamic, where the overhang is not known.</param>
internal sealed record PoolingWindow(IReadOnlyList<long> Kernel, IReadOnlyList<long> Strides, IReadOnlyList<long> Paddings, IReadOnlyList<long> Dilations, IReadOnlyList<long> Overhang, bool RoundUp)
{
    public static PoolingWindow Read(LoweringCall call, int axes, int? dilations, int ceil)
    {
        var kernel = Spread(call, 1, axes, 1);
        var strides = call.IsNone(2) || call.Ints(2).Count == 0 ? kernel : Spread(call, 2, axes, 1);
        var paddings = Spread(call, 3, axes, 0);
        var dilated = dilations is { } at ? Spread(call, at, axes, 1) : [.. kernel.Select(_ => 1L)];
        var overhang = new long[axes];
        var up = false;
        for (var i = 0; call.BoolOr(ceil, false) && i < axes; i++)
        {
            if (call.Sizes(0)[^(axes - i)].Constant is { } from && call.OutputSizes()[^(axes - i)].Constant is { } to)
                overhang[i] = Math.Max(0, ((to - 1) * strides[i]) + (dilated[i] * (kernel[i] - 1)) + 1 - from - (2 * paddings[i]));
            else
                up = true;
        }

        return new(kernel, strides, paddings, dilated, overhang, up);
    }

    /// <summary>Whether padding and overhang together are a kernel or more on some axis.</summary>
    public bool IsWide => Kernel.Select((size, i) => Paddings[i] + Overhang[i] >= size).Any(wide => wide);

    /// <summary>The attributes of a pooling that pads by itself.</summary>
    public IEnumerable<OnnxAttribute> Attributes(bool padded) =>
    [
        OnnxAttribute.Of("kernel_shape", Kernel),
        OnnxAttribute.Of("strides", Strides),
        OnnxAttribute.Of("pads", (long[])[.. Before(padded), .. Before(padded).Zip(Overhang, (padding, more) => padding + more)]),
        OnnxAttribute.Of("ceil_mode", RoundUp ? 1 : 0),
    ];

    private IEnumerable<long> Before(bool padded) => padded ? Paddings : Kernel.Select(_ => 0L);

    private static IReadOnlyList<long> Spread(LoweringCall call, int index, int axes, long fallback)
    {
        var given = call.IsNone(index) ? [] : call.Ints(index);
        return given.Count == axes ? given : [.. Enumerable.Repeat(given.Count == 0 ? fallback : given[0], axes)];
    }
}
