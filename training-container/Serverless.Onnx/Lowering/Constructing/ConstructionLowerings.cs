using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Constants;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Constructing;

/// <summary>Tensors made from sizes and numbers.</summary>
internal static class ConstructionLowerings
{
    /// <summary>Up to here a sequence of fixed length is written out; longer ones are computed by the runtime.</summary>
    private const int MostWritten = 4096;

    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var (names, value) in new[] { (new[] { "zeros", "zeros_like", "new_zeros", "empty", "empty_like", "new_empty", "empty_strided", "new_empty_strided" }, 0), (["ones", "ones_like", "new_ones"], 1) })
            foreach (var name in names)
                yield return ($"aten::{name}", call => [Filled(call, value)]);
        foreach (var (name, at) in new[] { ("full", 1), ("full_like", 1), ("new_full", 2) })
            yield return ($"aten::{name}", call => [Full(call, at)]);
        yield return ("aten::arange", Arange);
        yield return ("aten::linspace", Linspace);
        yield return ("aten::eye", call => [call.Emit("EyeLike", [Filled(call, 0)], OnnxAttribute.Of("dtype", (long)call.OutputElement()))]);
    }

    private static GraphValue Filled(LoweringCall call, double value) => OfShape(call, ConstantPool.Of(value, call.OutputElement()));

    private static GraphValue OfShape(LoweringCall call, OnnxTensor value) =>
        call.Emit("ConstantOfShape", [call.ShapeOf(call.OutputSizes())], OnnxAttribute.Of("value", value with { Dims = [1] }));

    private static GraphValue Full(LoweringCall call, int at) => call.Argument(at) is TensorValue or IntValue { Size.IsDynamic: true }
        ? call.Expand(call.Operand(at, call.OutputElement()), [], call.OutputSizes())
        : Filled(call, call.Float(at));

    /// <summary>The forms differ in how many numbers stand before (dtype, layout, device, pin_memory).</summary>
    private static IReadOnlyList<LoweredValue> Arange(LoweringCall call)
    {
        var numbers = Math.Max(call.Count - 4, 1);
        var element = call.OutputElement();
        var (start, end, step) = numbers switch { 1 => (-1, 0, -1), 2 => (0, 1, -1), _ => (0, 1, 2) };
        if (IsWhole(call, start) && IsWhole(call, end) && IsWhole(call, step))
            return [Whole(call, start < 0 ? 0 : call.Size(start), call.Size(end), step < 0 ? 1 : call.Size(step), element)];
        var count = call.OutputSizes()[0].Constant ?? throw call.Refuse("it counts by fractions up to a dynamic size", "Count by whole numbers, and multiply.");
        return [Sequence(call, count, element, start < 0 ? 0 : call.Float(start), step < 0 ? 1 : call.Float(step))];
    }

    private static bool IsWhole(LoweringCall call, int argument) => argument < 0 || call.Argument(argument) is IntValue;

    private static GraphValue Whole(LoweringCall call, SizeExpression start, SizeExpression end, SizeExpression step, ElementType element)
    {
        if (start.Constant is { } from && step.Constant is { } by && call.OutputSizes()[0].Constant is { } count)
            return Sequence(call, count, element, from, by);
        return call.Cast(call.Emit("Range", [call.SizeScalar(start), call.SizeScalar(end), call.SizeScalar(step)]), element);
    }

    private static GraphValue Sequence(LoweringCall call, long count, ElementType element, double start, double step)
    {
        if (count <= MostWritten)
            return Written(call, element, [.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))]);
        var working = ElementTypes.IsFloat(element) ? ElementType.Double : ElementType.Int64;
        return call.Cast(call.Emit("Range", [call.Scalar(start, working), call.Scalar(start + ((count - 0.5) * step), working), call.Scalar(step, working)]), element);
    }

    /// <summary>As libtorch counts: from the start in the first half, from the end in the second (ATen/native/cpu/RangeFactoriesKernel.cpp).</summary>
    private static IReadOnlyList<LoweredValue> Linspace(LoweringCall call)
    {
        var (start, end, count) = (call.Float(0), call.Float(1), call.Int(2));
        if (count > MostWritten)
            throw call.Refuse($"it makes {count} numbers; the limit is {MostWritten}", "Keep them as a buffer.");
        var step = count > 1 ? (end - start) / (count - 1) : 0;
        return [Written(call, call.OutputElement(), [.. Enumerable.Range(0, (int)count).Select(i => i < count / 2 || count == 1 ? start + (i * step) : end - (step * (count - 1 - i)))])];
    }

    private static GraphValue Written(LoweringCall call, ElementType element, double[] values)
    {
        var data = values.SelectMany(value => ConstantPool.Of(value, element).Data.ToArray()).ToArray();
        return call.Constant("sequence", new() { Element = element, Dims = [values.Length], Data = data });
    }
}
