using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;

namespace Serverless.Training.Served;

/// <summary>Writes the model that becomes an endpoint.</summary>
internal static class ServedModel
{
    /// <summary>The model's file.</summary>
    public const string FileName = "model.onnx";

    /// <summary>Checks the model and writes it in one piece: a file that is there is whole.</summary>
    /// <param name="folder">The model folder; it is made.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidOperationException">The model is not sound, which is an error of ours.</exception>
    public static void Write(string folder, OnnxModel model)
    {
        if (OnnxChecker.Check(model) is [var finding, ..])
            throw new InvalidOperationException($"The model that was built is not sound: {finding} Please report this with the table's header.");
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, FileName);
        using (var stream = File.Create(target + ".tmp"))
            ModelWriter.Write(model, stream);
        File.Move(target + ".tmp", target, overwrite: true);
    }
}
