using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Checking;

/// <summary>Attributes: named, once each, of a kind.</summary>
internal static class AttributeRules
{
    public static void Check(OnnxNode node, string place, GraphRole role, FindingList findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in node.Attributes)
        {
            if (attribute.Name.Length == 0 || !seen.Add(attribute.Name))
                findings.Add(OnnxFindingCode.BadAttribute, place, attribute.Name.Length == 0 ? "an attribute has no name" : $"the attribute {FindingList.Quote(attribute.Name)} is there twice", "Give each attribute once, by name.");
            if (attribute.Kind is <= AttributeKind.Undefined or > AttributeKind.Types)
                findings.Add(OnnxFindingCode.BadAttribute, place, $"the attribute {FindingList.Quote(attribute.Name)} has the kind {(int)attribute.Kind}, which is none", "Export the model again.");
            if (attribute.Refers.Length > 0 && role != GraphRole.Function)
                findings.Add(OnnxFindingCode.BadAttribute, place, $"the attribute {FindingList.Quote(attribute.Name)} stands for one of a function, and the node is in none", "Give it a value.");
        }
    }
}
