using Serverless.Onnx.Building;
using Serverless.Onnx.Lowering.Calls;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Similarities and distances of vectors, and products of two by a third.</summary>
internal static class DistanceRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::cosine_similarity", call => [Cosine(call)]);
        yield return ("aten::pairwise_distance", call => [Pairwise(call)]);
        yield return ("aten::cdist", call => [Crosswise(call)]);
        yield return ("aten::bilinear", call => [Bilinear(call)]);
    }

    private static GraphValue Cosine(LoweringCall call)
    {
        var rank = call.Rank(0);
        if (rank != call.Rank(1))
            throw call.Refuse($"its inputs have {rank} and {call.Rank(1)} dimensions", "Give both the same number of dimensions (unsqueeze).");
        var axis = call.IsNone(2) ? 1 : call.Axis(2, rank);
        if (call.Sizes(0)[axis] != call.Sizes(1)[axis])
            throw call.Refuse($"its inputs have the sizes {call.Sizes(0)[axis]} and {call.Sizes(1)[axis]} along the axis that is compared", "Expand the smaller one first.");
        var least = call.Scalar(call.FloatOr(3, 1e-8), call.Element(0));
        GraphValue Unit(GraphValue x) => call.Emit("Div", [x, call.Emit("Max", [call.Reduce("ReduceL2", x, [axis], keep: true), least])]);
        return call.Reduce("ReduceSum", call.Emit("Mul", [Unit(call.Tensor(0)), Unit(call.Tensor(1))]), [axis], keep: false);
    }

    private static GraphValue Pairwise(LoweringCall call)
    {
        var apart = call.Emit("Add", [call.Emit("Sub", [call.Tensor(0), call.Tensor(1)]), call.Scalar(call.FloatOr(3, 1e-6), call.Element(0))]);
        return Norm(call, apart, call.FloatOr(2, 2), Math.Max(call.Rank(0), call.Rank(1)) - 1, call.BoolOr(4, false));
    }

    private static GraphValue Crosswise(LoweringCall call) =>
        Norm(call, call.Emit("Sub", [call.Unsqueeze(call.Tensor(0), call.Rank(0) - 1), call.Unsqueeze(call.Tensor(1), call.Rank(1) - 2)]), call.FloatOr(2, 2), Math.Max(call.Rank(0), call.Rank(1)), keep: false);

    private static GraphValue Norm(LoweringCall call, GraphValue x, double order, int axis, bool keep) => order switch
    {
        1 => call.Reduce("ReduceL1", x, [axis], keep),
        2 => call.Reduce("ReduceL2", x, [axis], keep),
        0 => call.Reduce("ReduceSum", call.Cast(call.Emit("Not", [call.Emit("Equal", [x, call.Scalar(0, call.Element(0))])]), call.Element(0)), [axis], keep),
        double.PositiveInfinity => call.Reduce("ReduceMax", call.Emit("Abs", [x]), [axis], keep),
        _ => call.Emit("Pow", [call.Reduce("ReduceSum", call.Emit("Pow", [call.Emit("Abs", [x]), call.Scalar(order, call.Element(0))]), [axis], keep), call.Scalar(1 / order, call.Element(0))]),
    };

    /// <summary>y_o = Σ_ij x_i W_oij z_j + b_o: first all x·W_o, as one product, then with z.</summary>
    private static GraphValue Bilinear(LoweringCall call)
    {
        long Fixed(int axis) => call.Sizes(2)[axis].Constant ?? throw call.Refuse("its weight has a dynamic size", "Use a weight of fixed size.");
        var (outputs, left, right) = (Fixed(0), Fixed(1), Fixed(2));
        var weight = call.Reshape(call.Transpose(call.Tensor(2), [1, 0, 2]), [left, outputs, right], [left, outputs * right]);
        var outer = call.Sizes(0).Take(call.Rank(0) - 1).ToList();
        var half = call.Reshape(call.Emit("MatMul", [call.Tensor(0), weight]), [.. outer, outputs * right], [.. outer, outputs, right]);
        var made = call.Reduce("ReduceSum", call.Emit("Mul", [half, call.Unsqueeze(call.Tensor(1), call.Rank(1) - 1)]), [outer.Count + 1], keep: false);
        return call.IsNone(3) ? made : call.Emit("Add", [made, call.Tensor(3)]);
    }
}
