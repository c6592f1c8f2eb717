using System.Collections.Frozen;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>The operators whose types we can follow: those that we write, and the common ones around them. All others are let through with unknown outputs.</summary>
internal static class OperatorRules
{
    private static readonly FrozenDictionary<(string Domain, string Operator), OperatorRule> Rules = All().ToFrozenDictionary(rule => (rule.Domain, rule.Name), rule => rule.Rule);

    public static OperatorRule? Find(string domain, string name) => Rules.GetValueOrDefault((OpsetImport.Canonical(domain), name));

    /// <summary>The types of a node's outputs, one for each; what does not fit is told to <paramref name="types"/>.</summary>
    public static TensorType?[] Infer(OperatorRule rule, NodeTypes types)
    {
        var outputs = types.Node.Outputs.Count;
        if (types.Count < rule.MinInputs || types.Count > rule.MaxInputs)
            types.Wrong($"it has {types.Count} inputs; {types.Node.Operator} takes {Range(rule)}", "Give the inputs that the operator's specification names.");
        else if (outputs > rule.MaxOutputs)
            types.Wrong($"it has {outputs} outputs; {types.Node.Operator} has at most {rule.MaxOutputs}", "Drop the outputs that the operator does not have.");
        else
        {
            var found = rule.Infer(types);
            Array.Resize(ref found, outputs);
            return found;
        }

        return new TensorType?[outputs];
    }

    private static string Range(OperatorRule rule) =>
        rule.MaxInputs == OperatorRule.Any ? $"at least {rule.MinInputs}" : rule.MinInputs == rule.MaxInputs ? $"{rule.MinInputs}" : $"{rule.MinInputs} to {rule.MaxInputs}";

    private static IEnumerable<(string Domain, string Name, OperatorRule Rule)> All() =>
        ElementwiseRules.All().Concat(ShapingRules.All()).Concat(ReductionRules.All()).Select(rule => (OpsetImport.Main, rule.Name, rule.Rule))
            .Concat(MachineLearningRules.All().Select(rule => (OpsetImport.MachineLearning, rule.Name, rule.Rule)));
}
