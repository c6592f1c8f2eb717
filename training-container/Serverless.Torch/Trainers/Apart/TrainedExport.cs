using Serverless.Jobs;
using Serverless.Jobs.Hosting;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Reading;
using Serverless.Torch.Children;
using Serverless.Torch.Exporting;
using Serverless.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Apart;

/// <summary>
/// Exports a trained network in a process of its own, so that a crash of native code costs the export and not the training: the checkpoint is there, and the same run goes on from it
/// straight to the export.
/// </summary>
internal sealed class TrainedExport(JobRun job, LoopOptions options, TextWriter output)
{
    private const string FileName = "network.onnx";

    /// <summary>Exports. The network is on the processor afterwards. Nothing thread-bound (a scope, <c>no_grad</c>) may be open around this call.</summary>
    /// <param name="network">The network, in evaluation mode; its checkpoint is saved.</param>
    /// <param name="recipe">How it is built again.</param>
    /// <param name="example">An input like those to come, on the processor.</param>
    /// <param name="how">How it is exported.</param>
    /// <exception cref="OnnxExportException">It was not exported; the message says where the weights are, and how to export again.</exception>
    public async Task<OnnxModel> RunAsync(nn.Module<Tensor, Tensor> network, IModuleRecipe recipe, Tensor example, OnnxExportOptions? how = null)
    {
        using var given = Forward(network, example);
        var folder = Directory.CreateTempSubdirectory("serverless-trained-");
        try
        {
            var path = Path.Combine(folder.FullName, FileName);
            var apart = new ApartOptions { Limit = options.ExportLimit, MemoryBytes = options.ExportMemoryBytes, Outputs = [given] };
            var export = await ApartExporter.ExportAsync(network, recipe, [example], path, how, apart, job.Stopping);
            output.WriteLine(FormattableString.Invariant($"Exported in a process of its own; off by {export.Parity.Largest:0.0e+00} at most."));
            return ModelReader.Read(await File.ReadAllBytesAsync(path, job.Stopping));
        }
        catch (OnnxExportException refused)
        {
            throw new OnnxExportException(
                $"{refused.Message} The training is not lost: its weights are in the checkpoint in '{job.Environment.CheckpointFolder}'. {Again(job.Environment)}", refused);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Again(JobEnvironment environment) => environment.IsByHand
        ? "The same command in this folder goes straight to the export, without training."
        : $"The same job with 'serverless job run --from {environment.JobId}' goes straight to the export, without training.";

    private static Tensor Forward(nn.Module<Tensor, Tensor> network, Tensor example)
    {
        using var guard = no_grad();
        network.cpu();
        return network.forward(example);
    }
}
