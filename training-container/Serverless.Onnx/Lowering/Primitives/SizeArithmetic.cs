using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Primitives;

/// <summary>Arithmetic on integers that are known (sizes, mostly) is done here, not in the graph, so that shapes stay what they are.</summary>
internal static class SizeArithmetic
{
    /// <summary>The result when all arguments are known integers; null when the operator must be written.</summary>
    public static IReadOnlyList<LoweredValue>? Try(LoweringCall call)
    {
        if (call.Count == 0 || call.Argument(0) is not IntValue { Size: not null } || (call.Count > 1 && call.Argument(1) is not (IntValue { Size: not null } or TextValue or NoneValue)))
            return null;
        if (call.OutputOrNone(0) is { } output && (output.Element != Graphs.ElementType.Int64 || output.Rank > 0))
            return null;
        var name = call.Node.Operator.Split(':')[^1];
        if (name is "neg" or "abs" or "detach" or "clone" or "to" or "contiguous" or "lift_fresh")
            return name == "neg" ? Known(call.Size(0) * -1) : name == "abs" ? null : Known(call.Size(0));
        if (call.Count < 2 || call.Argument(1) is not IntValue)
            return null;
        return name switch
        {
            "add" => Known(call.Size(0) + (call.Size(1) * Scale(call))),
            "sub" => Known(call.Size(0) - (call.Size(1) * Scale(call))),
            "rsub" => Known(call.Size(1) - (call.Size(0) * Scale(call))),
            "mul" => Known(call.Size(0) * call.Size(1)),
            "floordiv" or "floor_divide" => Known(Divide(call)),
            "div" when call.Argument(2) is TextValue { Value: "floor" or "trunc" } => Known(Divide(call)),
            "remainder" or "fmod" => Known(call.Size(0) - (Divide(call) * call.Size(1))),
            _ => null,
        };

        IReadOnlyList<LoweredValue> Known(SizeExpression size) => [PrimitiveLowerings.Known(call, size)];
    }

    private static SizeExpression Scale(LoweringCall call) => call.IsNone(2) ? 1 : call.Size(2);

    /// <summary>The quotient, rounded down. Sizes are not negative, so that rounding towards zero is the same.</summary>
    private static SizeExpression Divide(LoweringCall call)
    {
        var (above, below) = (call.Size(0), call.Size(1));
        if (above.Divide(below) is { } exact)
            return exact;
        long[] values = [.. Enumerable.Range(0, call.State.Fit.Recordings).Select(i => below.At(i) > 0 && above.At(i) >= 0 ? above.At(i) / below.At(i) : throw call.Refuse($"the size {above.At(i)} is divided by {below.At(i)}", "Divide sizes that are not negative by sizes above 0."))];
        if (above.Constant is { } a && below.Constant is { } b)
            return a / b;
        return call.State.Atom("quotient", values, () => call.Emit("Div", [call.SizeVector(above), call.SizeVector(below)]));
    }
}
