using System.Globalization;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Writing;

/// <summary>Writes a model to disk: one file, and a second one beside it for the weights when one would be too large (ONNX, docs/ExternalData.md).</summary>
public static class ModelFiles
{
    /// <summary>Writes a model. Each file is written under another name first and then moved, the weights before the model: a model that is there is whole.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Where to; its folder must be there. A file of that name is replaced.</param>
    /// <param name="options">When weights go outside.</param>
    /// <returns>The files written, the model first.</returns>
    /// <exception cref="ArgumentException">The file name holds characters that readers do not accept for a place of data.</exception>
    public static IReadOnlyList<string> Write(OnnxModel model, string path, ModelFileOptions? options = null)
    {
        var chosen = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen.Alignment, 1);
        if (model.Graph.Initializers.Sum(tensor => (long)tensor.Data.Length) <= chosen.MostBytesInside)
        {
            Put(path, stream => ModelWriter.Write(model, stream));
            return [path];
        }

        var beside = path + chosen.Suffix;
        var location = Path.GetFileName(beside);
        if (location.Length is 0 or > 255 || location[0] is '.' or '~' or '-' || location.Any(c => char.IsControl(c) || c is '\\' or ':' or '%' or '/'))
            throw new ArgumentException($"'{location}' cannot be the name of a file with a model's data: readers refuse control characters, '\\', ':', '%', and '.', '~' or '-' at its beginning. Choose a plain name, such as 'model.onnx'.", nameof(path));
        List<OnnxTensor> tensors = [];
        Put(beside, stream =>
        {
            foreach (var tensor in model.Graph.Initializers)
                tensors.Add(tensor.External is null && tensor.Data.Length >= chosen.FewestBytesOutside ? Append(stream, tensor, location, chosen.Alignment) : tensor);
        });
        Put(path, stream => ModelWriter.WriteWithoutData(model with { Graph = model.Graph with { Initializers = tensors } }, stream));
        return [path, beside];
    }

    private static OnnxTensor Append(Stream stream, OnnxTensor tensor, string location, int alignment)
    {
        var offset = (stream.Position + alignment - 1) / alignment * alignment;
        stream.SetLength(offset);
        stream.Position = offset;
        stream.Write(tensor.Data.Span);
        return tensor with
        {
            Data = default,
            External = [new("location", location), new("offset", Number(offset)), new("length", Number(tensor.Data.Length))],
        };
    }

    private static void Put(string path, Action<Stream> write)
    {
        var unfinished = path + ".part";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite))
                write(stream);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
