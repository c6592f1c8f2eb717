using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Exporting;

/// <summary>
/// Writes modules of TorchSharp as ONNX models. The module runs several times in evaluation mode, at different sizes and with different data, while libtorch notes its operators;
/// they become a model, which runs in ONNX Runtime on fresh inputs beside the module. What cannot be exported rightly is refused, with its place in the source. The module's
/// mode and weights are afterwards what they were. Not for several threads on one module at once.
/// </summary>
public static class OnnxExporter
{
    /// <summary>Exports a module of one input.</summary>
    /// <param name="module">The module, in any mode, on any device.</param>
    /// <param name="example">An input like those to come: its type, its number of dimensions, and about its values.</param>
    /// <param name="options">How.</param>
    /// <exception cref="OnnxExportException">It cannot be exported, or the model does not agree with it.</exception>
    public static OnnxExport Export(torch.nn.Module module, torch.Tensor example, OnnxExportOptions? options = null) => Export(module, [example], options);

    /// <summary>Exports a module of several inputs.</summary>
    /// <param name="module">The module.</param>
    /// <param name="examples">An example for each tensor that <c>forward</c> takes.</param>
    /// <param name="options">How.</param>
    /// <inheritdoc cref="Export(torch.nn.Module, torch.Tensor, OnnxExportOptions?)" path="/exception"/>
    public static OnnxExport Export(torch.nn.Module module, IReadOnlyList<torch.Tensor> examples, OnnxExportOptions? options = null) =>
        ExportRun.Run(module, examples, null, options ?? new());

    /// <summary>Exports what a call computes with a module, where the call is not the module's own: a part of it, or with fixed arguments.</summary>
    /// <param name="module">The module, whose weights keep their names.</param>
    /// <param name="examples">An example for each tensor that the call takes.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">How.</param>
    /// <inheritdoc cref="Export(torch.nn.Module, torch.Tensor, OnnxExportOptions?)" path="/exception"/>
    public static OnnxExport Export(torch.nn.Module module, IReadOnlyList<torch.Tensor> examples, ModuleCall call, OnnxExportOptions? options = null) =>
        ExportRun.Run(module, examples, call, options ?? new());

    /// <summary>Exports a module to a file; nothing is written when it is refused.</summary>
    /// <param name="module">The module.</param>
    /// <param name="examples">An example for each tensor that <c>forward</c> takes.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <inheritdoc cref="Export(torch.nn.Module, torch.Tensor, OnnxExportOptions?)" path="/exception"/>
    public static OnnxExport ExportTo(torch.nn.Module module, IReadOnlyList<torch.Tensor> examples, string path, OnnxExportOptions? options = null)
    {
        var export = Export(module, examples, options);
        export.Save(path);
        return export;
    }
}
