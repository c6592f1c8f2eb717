using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Matrices;

/// <summary>Products of matrices.</summary>
internal static class MatrixLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "mm", "bmm", "matmul", "linalg_matmul", "mv", "dot", "inner_product" })
            yield return ($"aten::{name}", call => [Multiply(call)]);
        yield return ("aten::linear", Linear);
        yield return ("aten::addmm", AddMultiplied);
        yield return ("aten::baddbmm", call => [Combine(call)]);
        yield return ("aten::addmv", call => [Combine(call)]);
        foreach (var name in new[] { "aten::outer", "aten::ger" })
            yield return (name, call => [call.Emit("Mul", [call.Unsqueeze(call.Operand(0, call.OutputElement()), 1), call.Operand(1, call.OutputElement())])]);
        yield return ("aten::einsum", call => [call.Emit("Einsum", [.. call.Tensors(1)], OnnxAttribute.Of("equation", call.Text(0).Replace(" ", "", StringComparison.Ordinal)))]);
    }

    private static GraphValue Multiply(LoweringCall call) =>
        call.Argument(1) is TensorValue { Type.Rank: 2, Transposed: { } matrix } && call.Rank(0) == 2 && IsReal(call)
            ? call.Emit("Gemm", [call.Tensor(0), matrix.Read()], OnnxAttribute.Of("transB", 1))
            : call.Emit("MatMul", [call.Tensor(0), call.Tensor(1)]);

    private static bool IsReal(LoweringCall call) => ElementTypes.IsFloat(call.OutputElement());

    /// <summary>x·Wᵀ + b.</summary>
    private static IReadOnlyList<LoweredValue> Linear(LoweringCall call)
    {
        if (call.Rank(0) == 2 && call.Rank(1) == 2 && IsReal(call))
            return [call.Emit("Gemm", [.. new[] { call.Tensor(0), call.Tensor(1) }.Concat(call.IsNone(2) ? [] : [call.Tensor(2)])], OnnxAttribute.Of("transB", 1))];
        var product = call.Emit("MatMul", [call.Tensor(0), call.Rank(1) == 2 ? call.Transpose(call.Tensor(1), [1, 0]) : call.Tensor(1)]);
        return [call.IsNone(2) ? product : call.Emit("Add", [product, call.Tensor(2)])];
    }

    /// <summary>beta·c + alpha·a·b.</summary>
    private static IReadOnlyList<LoweredValue> AddMultiplied(LoweringCall call)
    {
        if (!IsReal(call))
            return [Combine(call)];
        List<OnnxAttribute> attributes = [OnnxAttribute.Of("alpha", (float)call.FloatOr(4, 1)), OnnxAttribute.Of("beta", (float)call.FloatOr(3, 1))];
        attributes.RemoveAll(attribute => attribute.Float == 1);
        var right = call.Tensor(2);
        if (call.Argument(2) is TensorValue { Transposed: { } matrix })
        {
            right = matrix.Read();
            attributes.Add(OnnxAttribute.Of("transB", 1));
        }

        return [call.Emit("Gemm", [call.Tensor(1), right, call.Tensor(0)], attributes)];
    }

    private static GraphValue Combine(LoweringCall call)
    {
        var product = Times(call, call.Emit("MatMul", [call.Tensor(1), call.Tensor(2)]), 4);
        return call.Emit("Add", [Times(call, call.Tensor(0), 3), product]);
    }

    private static GraphValue Times(LoweringCall call, GraphValue value, int factor) =>
        call.FloatOr(factor, 1) == 1 ? value : call.Emit("Mul", [value, call.Operand(factor, call.OutputElement())]);
}
