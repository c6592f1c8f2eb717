using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Operators;

namespace Serverless.Onnx.Checking;

/// <summary>Versions of the file format and of operator sets.</summary>
internal static class VersionRules
{
    public static void Check(OnnxModel model, CheckOptions options, FindingList findings)
    {
        if (model.IrVersion < FormatVersions.OldestIr || model.IrVersion > options.NewestIr)
            findings.Add(OnnxFindingCode.UnknownIrVersion, "model.ir_version", $"the file format has the version {model.IrVersion}; {FormatVersions.OldestIr} to {options.NewestIr} are known", "Export it with another version of onnx.");
        Opsets(model.Opsets, "model.opset_import", options, findings);
        for (var i = 0; i < model.Functions.Count; i++)
            Opsets(model.Functions[i].Opsets, $"functions[{i}].opset_import", options, findings);
        foreach (var twice in model.Functions.GroupBy(function => (function.Domain, function.Name)).Where(group => group.Count() > 1))
            findings.Add(OnnxFindingCode.BadName, "functions", $"the function {FindingList.Quote(twice.Key.Name)} is there {twice.Count()} times", "Give each function a name of its own.");
        foreach (var twice in model.Metadata.GroupBy(pair => pair.Key).Where(group => group.Count() > 1))
            findings.Add(OnnxFindingCode.BadName, "model.metadata_props", $"the key {FindingList.Quote(twice.Key)} is there {twice.Count()} times", "Give each key once.");
    }

    private static void Opsets(IReadOnlyList<OpsetImport> opsets, string place, CheckOptions options, FindingList findings)
    {
        if (opsets.Count == 0)
            findings.Add(OnnxFindingCode.UnknownOpset, place, "no operator set is named", "Name ai.onnx and its version.");
        foreach (var group in opsets.GroupBy(opset => OpsetImport.Canonical(opset.Domain)))
        {
            var newest = group.Key switch
            {
                OpsetImport.Main => options.NewestOpset,
                OpsetImport.MachineLearning => FormatVersions.NewestMachineLearningOpset,
                _ => int.MaxValue,
            };
            if (group.Count() > 1)
                findings.Add(OnnxFindingCode.UnknownOpset, place, $"the operator set {FindingList.Quote(OpsetImport.Shown(group.Key))} is named {group.Count()} times", "Name each operator set once.");
            foreach (var opset in group.Where(opset => opset.Version < 1 || opset.Version > newest))
                findings.Add(OnnxFindingCode.UnknownOpset, place, $"version {opset.Version} of {FindingList.Quote(OpsetImport.Shown(group.Key))} is not known; 1 to {newest} are", $"Export it with a version up to {newest}.");
        }
    }
}
