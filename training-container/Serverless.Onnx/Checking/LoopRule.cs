using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Checking;

/// <summary>A Loop must have a number of turns that the file itself bounds.</summary>
internal static class LoopRule
{
    private const string Cure = "Give the Loop a constant number of turns, or unroll it.";

    public static void Check(OnnxNode node, string place, Func<string, OnnxTensor?> constantOf, CheckOptions options, FindingList findings)
    {
        if (options.MaxLoopTurns is not { } max || node.Operator != "Loop" || OpsetImport.Canonical(node.Domain) != OpsetImport.Main)
            return;
        if (node.Inputs.Count == 0 || node.Inputs[0].Length == 0)
            findings.Add(OnnxFindingCode.UnboundedLoop, place, "it has no number of turns", Cure);
        else if (constantOf(node.Inputs[0])?.AsIntegers() is not [var turns])
            findings.Add(OnnxFindingCode.UnboundedLoop, place, $"its number of turns {FindingList.Quote(node.Inputs[0])} is no constant", Cure);
        else if (turns > max)
            findings.Add(OnnxFindingCode.UnboundedLoop, place, $"it takes up to {turns} turns; the limit is {max}", Cure);
    }
}
