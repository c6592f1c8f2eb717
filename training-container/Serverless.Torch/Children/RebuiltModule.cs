using Serverless.Onnx.Graphs;
using Serverless.Onnx.Parity;
using Serverless.Torch.Exporting;
using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Children;

/// <summary>Holds a module that a recipe built against the one that was trained.</summary>
internal static class RebuiltModule
{
    /// <exception cref="OnnxExportException">It computes something else.</exception>
    public static void Check(torch.nn.Module module, IReadOnlyList<torch.Tensor> examples, IReadOnlyList<OnnxTensor> trained)
    {
        using var mode = new EvaluationMode(module);
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var given = ForwardCall.Run(ModuleCalls.Of(module, examples.Count), examples, "the example's sizes");
        List<string> reasons = given.Count == trained.Count
            ? [.. trained.Zip(given, (mine, other) => ParityComparison.Compare(mine, TensorData.Read(other, mine.Name), ParityTolerance.Single, "the example's sizes")).Where(each => !each.IsWithin).Select(each => each.ToString())]
            : [$"it gives {given.Count} tensors instead of {trained.Count}"];
        if (reasons.Count > 0)
            throw new OnnxExportException($"'{module.GetType().Name}' was not exported: what its recipe builds computes something else than the module that was trained. Let the recipe carry every setting of the module.", reasons);
    }
}
