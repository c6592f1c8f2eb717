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
}
