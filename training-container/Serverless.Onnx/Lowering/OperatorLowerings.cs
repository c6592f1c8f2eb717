using System.Collections.Frozen;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Constructing;
using Serverless.Onnx.Lowering.Elementwise;
using Serverless.Onnx.Lowering.Indexing;
using Serverless.Onnx.Lowering.Matrices;
using Serverless.Onnx.Lowering.Networks;
using Serverless.Onnx.Lowering.Primitives;
using Serverless.Onnx.Lowering.Reducing;
using Serverless.Onnx.Lowering.Refusals;
using Serverless.Onnx.Lowering.Shaping;

namespace Serverless.Onnx.Lowering;

/// <summary>The operators that can be lowered, by name. An operator that writes (<c>aten::add_</c>) has the rule of the one that does not, unless it has its own.</summary>
internal static class OperatorLowerings
{
    private static readonly FrozenDictionary<string, LoweringRule> Rules = All().ToFrozenDictionary(rule => rule.Operator, rule => rule.Rule, StringComparer.Ordinal);
    private static readonly LoweringRule OfSizes = call => SizeArithmetic.Try(call) ?? throw new RefusedException("there is no lowering for this operator", "Compute sizes by +, -, * and whole division.");

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names => [.. Rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The rule of an operator; arithmetic on known integers is done before the rule is asked.</summary>
    public static LoweringRule? Find(string name) =>
        Rules.TryGetValue(name, out var rule) ? call => SizeArithmetic.Try(call) ?? rule(call) : name == "aten::floordiv" ? OfSizes : null;

    private static IEnumerable<(string Operator, LoweringRule Rule)> All() =>
        PrimitiveLowerings.All()
            .Concat(ArithmeticLowerings.All()).Concat(FunctionLowerings.All()).Concat(LogicLowerings.All()).Concat(CastLowerings.All())
            .Concat(MatrixLowerings.All())
            .Concat(ReshapeLowerings.All()).Concat(OrderLowerings.All()).Concat(PartLowerings.All()).Concat(JoinLowerings.All())
            .Concat(GatherLowerings.All()).Concat(ScatterLowerings.All())
            .Concat(ConstructionLowerings.All())
            .Concat(ReductionLowerings.All()).Concat(SpreadLowerings.All()).Concat(OrderStatisticLowerings.All())
            .Concat(NetworkLowerings.All());
}
