using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Convolutions and transposed ones over one to three axes. Weights lie in ONNX as in torch.</summary>
internal static class ConvolutionRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "aten::_convolution", "aten::convolution" })
            yield return (name, call => [Write(call, new(Strides: 3, Paddings: 4, Dilations: 5, Groups: 8, Extra: 7), call.Bool(6))]);
        yield return ("aten::_convolution_mode", call => [Write(call, new(Strides: 3, Paddings: 4, Dilations: 5, Groups: 6, Extra: null), transposed: false)]);
        for (var axes = 1; axes <= 3; axes++)
        {
            yield return ($"aten::conv{axes}d", call => [Write(call, new(Strides: 3, Paddings: 4, Dilations: 5, Groups: 6, Extra: null), transposed: false)]);
            yield return ($"aten::conv_transpose{axes}d", call => [Write(call, new(Strides: 3, Paddings: 4, Dilations: 7, Groups: 6, Extra: 5), transposed: true)]);
        }
    }

    /// <summary>Where the arguments of a form stand.</summary>
    private sealed record Places(int Strides, int Paddings, int Dilations, int Groups, int? Extra);

    private static GraphValue Write(LoweringCall call, Places places, bool transposed)
    {
        var kernel = Kernel(call);
        var dilations = Spread(call, places.Dilations, kernel.Count, 1);
        List<OnnxAttribute> attributes =
        [
            OnnxAttribute.Of("kernel_shape", kernel),
            OnnxAttribute.Of("strides", Spread(call, places.Strides, kernel.Count, 1)),
            OnnxAttribute.Of("pads", Pads(call, places.Paddings, kernel, dilations)),
            OnnxAttribute.Of("dilations", dilations),
            OnnxAttribute.Of("group", call.IntOr(places.Groups, 1)),
        ];
        var single = call.Rank(0) == kernel.Count + 1; // an input without a batch axis
        var x = single ? call.Unsqueeze(call.Tensor(0), 0) : call.Tensor(0);
        var made = transposed && places.Extra is { } extra ? Transposed(call, x, attributes, Spread(call, extra, kernel.Count, 0)) : call.Emit("Conv", [x, call.Tensor(1), call.TensorOrNone(2)], attributes);
        return single ? call.Squeeze(made, 0) : made;
    }

    /// <summary>
    /// What torch adds at the ends may be more than ONNX allows there, which is less than the stride. It is taken off the padding where that suffices; else the whole result is made, cropped at
    /// one end and filled up at the other, and the bias added after.
    /// </summary>
    private static GraphValue Transposed(LoweringCall call, GraphValue x, List<OnnxAttribute> attributes, IReadOnlyList<long> extra)
    {
        var sides = attributes[2].Ints.Take(extra.Count).ToList();
        var ends = sides.Zip(extra, (padding, more) => padding - more).ToList();
        if (ends.All(end => end >= 0))
        {
            attributes[2] = OnnxAttribute.Of("pads", [.. sides, .. ends]);
            return call.Emit("ConvTranspose", [x, call.Tensor(1), call.TensorOrNone(2)], attributes);
        }

        if (extra.Zip(attributes[1].Ints, (more, stride) => more < stride).All(fits => fits))
            return call.Emit("ConvTranspose", [x, call.Tensor(1), call.TensorOrNone(2)], [.. attributes, OnnxAttribute.Of("output_padding", extra)]);
        attributes[2] = OnnxAttribute.Of("pads", [.. sides.Concat(sides).Select(_ => 0L)]);
        var whole = call.Emit("Pad", [call.Emit("ConvTranspose", [x, call.Tensor(1)], attributes), call.Longs([0, 0, .. sides.Select(side => -side), 0, 0, .. ends.Select(end => -end)])]);
        return call.IsNone(2) ? whole : call.Emit("Add", [whole, call.Unsqueeze(call.Tensor(2), [.. Enumerable.Range(1, extra.Count).Select(axis => (long)axis)])]);
    }

    private static IReadOnlyList<long> Kernel(LoweringCall call) =>
        [.. call.Sizes(1).Skip(2).Select(size => size.Constant ?? throw call.Refuse($"its kernel has the dynamic size {size}", "Use a kernel of fixed size."))];

    /// <summary>One number for each axis; a list of one stands for all of them.</summary>
    private static IReadOnlyList<long> Spread(LoweringCall call, int index, int axes, long fallback)
    {
        var given = call.IsNone(index) ? [] : call.Ints(index);
        return given.Count == axes ? given : [.. Enumerable.Repeat(given.Count == 0 ? fallback : given[0], axes)];
    }

    /// <summary>Before all axes, then after them. "same" puts the odd one after, as torch does.</summary>
    private static IReadOnlyList<long> Pads(LoweringCall call, int index, IReadOnlyList<long> kernel, IReadOnlyList<long> dilations)
    {
        if (call.Argument(index) is not TextValue mode)
            return Spread(call, index, kernel.Count, 0) is var sides ? [.. sides, .. sides] : [];
        if (mode.Value == "valid")
            return [.. kernel.Concat(kernel).Select(_ => 0L)];
        if (mode.Value != "same")
            throw call.Refuse($"the padding '{mode.Value}' is not known", "Use 'same', 'valid' or numbers.");
        var total = kernel.Zip(dilations, (size, dilation) => dilation * (size - 1)).ToList();
        return [.. total.Select(all => all / 2), .. total.Select(all => all - (all / 2))];
    }
}
