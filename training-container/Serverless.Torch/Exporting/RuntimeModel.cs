using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;
using Serverless.OnnxRuntime;
using ElementType = Serverless.OnnxRuntime.ElementType;

namespace Serverless.Torch.Exporting;

/// <summary>A model loaded in ONNX Runtime.</summary>
internal sealed class RuntimeModel(OnnxSession session, TimeSpan limit) : IDisposable
{
    /// <summary>Loads it.</summary>
    /// <exception cref="OnnxExportException">The runtime refuses it.</exception>
    public static RuntimeModel Load(OnnxModel model, ModelFileOptions files, TimeSpan limit)
    {
        var folder = Directory.CreateTempSubdirectory("serverless-export-");
        try
        {
            var path = Path.Combine(folder.FullName, "model.onnx");
            ModelFiles.Write(model, path, files);
            return new(OnnxSession.LoadFile(NativeRuntime.Shared(), path, new SessionSettings()), limit);
        }
        catch (OnnxException refused)
        {
            throw new OnnxExportException($"ONNX Runtime refuses the exported model: {refused.Message}. Please report it with the module.", refused);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs it.</summary>
    /// <param name="inputs">All inputs.</param>
    /// <param name="sizes">The sizes, for messages.</param>
    /// <returns>All outputs, in the model's order.</returns>
    /// <exception cref="OnnxExportException">The run failed.</exception>
    public IReadOnlyList<OnnxTensor> Run(IReadOnlyList<OnnxTensor> inputs, string sizes)
    {
        try
        {
            var given = inputs.Where(input => session.FindInput(input.Name) >= 0); // the model may not need all
            return [.. session.Run([.. given.Select(input => new NamedTensor(input.Name, (ElementType)(int)input.Element, input.Dims, input.Data))], limit).Select(Copy)];
        }
        catch (OnnxException failed)
        {
            throw new OnnxExportException($"The exported model fails in ONNX Runtime at {sizes}: {failed.Message}. Please report it with the module.", failed);
        }
    }

    /// <summary>Unloads it.</summary>
    public void Dispose() => session.Dispose();

    private static OnnxTensor Copy(NamedTensor output) => new() { Name = output.Name, Element = (Onnx.Graphs.ElementType)(int)output.Type, Dims = output.Shape, Data = output.Data };
}
