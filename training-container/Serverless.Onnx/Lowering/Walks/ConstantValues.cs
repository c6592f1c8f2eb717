using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Walks;

/// <summary>What becomes of constants: integers that differ between recordings are fitted.</summary>
internal static class ConstantValues
{
    public static LoweredValue Of(IReadOnlyList<RecordedConstant> recorded, LoweringState state)
    {
        var first = recorded[0];
        return first.Kind switch
        {
            ConstantKind.None => NoneValue.Only,
            ConstantKind.Int => Int(recorded, 0, state),
            ConstantKind.Float => new FloatValue(first.Floats[0]),
            ConstantKind.Bool => new BoolValue(first.Ints[0] != 0),
            ConstantKind.Text => new TextValue(first.Text),
            ConstantKind.Ints => new ListValue([.. first.Ints.Select((_, i) => Int(recorded, i, state))]),
            ConstantKind.Floats => new ListValue([.. first.Floats.Select(value => new FloatValue(value))]),
            ConstantKind.Bools => new ListValue([.. first.Ints.Select(value => new BoolValue(value != 0))]),
            ConstantKind.Tensor => Tensor(first, state),
            _ => throw new InvalidOperationException($"A constant of the kind {first.Kind} is not known."),
        };
    }

    private static IntValue Int(IReadOnlyList<RecordedConstant> recorded, int index, LoweringState state)
    {
        long[] values = [.. recorded.Select(each => each.Ints[index])];
        return new(state.Fit.Fit(values), values);
    }

    private static TensorValue Tensor(RecordedConstant constant, LoweringState state)
    {
        var data = constant.Tensor!;
        var value = state.Graph.Constant("constant", data);
        var memory = new TensorMemory(value) { Data = data, Locked = "it writes into a tensor that was there before the run, and the next run would find it changed" };
        return new(memory, new(data.Element, [.. data.Dims.Select(size => (Sizes.SizeExpression)size)]));
    }
}
