using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Operators;

namespace Serverless.Onnx.Checking;

/// <summary>Knows which operators a model may use: those of the operator sets that it names, and the functions that it brings along.</summary>
internal sealed class OperatorLookup
{
    private readonly Dictionary<string, long> versions;
    private readonly HashSet<(string Domain, string Name)> functions;
    private readonly CheckOptions options;

    public OperatorLookup(OnnxModel model, CheckOptions options)
        : this(model.Opsets, [.. model.Functions.Select(function => (OpsetImport.Canonical(function.Domain), function.Name))], options)
    {
    }

    private OperatorLookup(IEnumerable<OpsetImport> opsets, HashSet<(string Domain, string Name)> functions, CheckOptions options)
    {
        versions = opsets.GroupBy(opset => OpsetImport.Canonical(opset.Domain)).ToDictionary(group => group.Key, group => group.First().Version);
        this.functions = functions;
        this.options = options;
    }

    /// <summary>The operators as a function's body sees them.</summary>
    public OperatorLookup For(OnnxFunction function) => new(function.Opsets, functions, options);

    public void Check(OnnxNode node, string place, FindingList findings)
    {
        var domain = OpsetImport.Canonical(node.Domain);
        var shown = FindingList.Quote(OpsetImport.Shown(domain));
        if (functions.Contains((domain, node.Operator)))
            return;
        if (!versions.TryGetValue(domain, out var version))
        {
            findings.Add(OperatorTable.IsKnownDomain(domain) ? OnnxFindingCode.UnknownOpset : OnnxFindingCode.UnknownDomain, place,
                $"its operator set {shown} is not among those that the model names", "Name the operator set and its version in opset_import.");
            return;
        }

        if (options.TrustedDomains.Contains(domain))
            return;
        switch (OperatorTable.Find(domain, node.Operator, version))
        {
            case OperatorStanding.Known:
                break;
            case OperatorStanding.UnknownDomain:
                findings.Add(OnnxFindingCode.UnknownDomain, place, $"its operator set {shown} is not known, and the model brings no function {FindingList.Quote(node.Operator)} of it along", "Export the model with operators of ai.onnx and ai.onnx.ml, or with its functions.");
                break;
            case OperatorStanding.Unknown:
                findings.Add(OnnxFindingCode.UnknownOperator, place, $"{shown} has no operator {FindingList.Quote(node.Operator)}", "Export the model with other operators.");
                break;
            case OperatorStanding.TooNew:
                findings.Add(OnnxFindingCode.UnknownOperator, place, $"version {version} of {shown} does not have the operator {FindingList.Quote(node.Operator)} yet", "Export the model with a later opset version.");
                break;
            case OperatorStanding.Deprecated:
                findings.Add(OnnxFindingCode.UnknownOperator, place, $"version {version} of {shown} no longer has the operator {FindingList.Quote(node.Operator)}", "Export the model with the operator that replaced it.");
                break;
            default:
                throw new InvalidOperationException($"An operator stands in no way that is known: {node.Operator}.");
        }
    }
}
