using Serverless.Onnx.Graphs;
using Serverless.Onnx.Parity;
using Serverless.Onnx.Writing;

namespace Serverless.Torch.Exporting;

/// <summary>An exported model that agrees with its module.</summary>
/// <param name="Model">The model, with what the gate found in its metadata.</param>
/// <param name="Parity">How far it is from the module.</param>
/// <param name="Way">How its operators were found out.</param>
/// <param name="Files">How it is written.</param>
public sealed record OnnxExport(OnnxModel Model, ParityReport Parity, ExportWay Way, ModelFileOptions Files)
{
    /// <summary>Writes it; large weights go into a second file beside it.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Save(string path) => ModelFiles.Write(Model, path, Files);

    /// <summary>Writes it whole.</summary>
    /// <exception cref="InvalidOperationException">It is larger than 2 GiB: save it by path.</exception>
    public void Save(Stream target) => ModelWriter.Write(Model, target);

    /// <summary>For people: the name, the size, how it was made and how far it is off; not the weights.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"'{Model.Graph.Name}': {Model.Graph.Nodes.Count} operators, {Model.Graph.Initializers.Sum(weight => (long)weight.Data.Length):N0} bytes of weights, {(Way == ExportWay.Recorded ? "recorded" : "walked")}, off by {Parity.Largest:0.0e+00} at most");
}
