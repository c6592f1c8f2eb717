using Serverless.Jobs.Hosting;
using Serverless.Training.Progress;
using TorchSharp;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>
/// Saves all that a run knows: weights, optimizer, generator, best weights, progress. A run that goes on from it takes the same steps as one that was never broken off, bit for bit
/// on the processor; on a GPU sums are in no fixed order, and its own generator begins anew.
/// </summary>
internal sealed class TorchCheckpoint(JobRun job, TextWriter output)
{
    private const string ProgressFile = "progress.json";
    private const string WeightsFile = "weights.bin";
    private const string OptimizerFile = "optimizer.bin";
    private const string GeneratorFile = "generator.bin";
    private const string BestFile = "best.bin";

    /// <summary>Saves.</summary>
    public void Save(nn.Module network, Stepper stepper, BestWeights best, TrainingProgress progress) => job.SaveCheckpoint(files =>
    {
        files.Write(WeightsFile, stream => Write(stream, writer => network.save(writer)));
        files.Write(OptimizerFile, stream => Write(stream, stepper.Save));
        files.Write(GeneratorFile, stream => Write(stream, writer => random.get_rng_state().Save(writer)));
        if (best.IsThere)
            files.Write(BestFile, stream => Write(stream, best.Save));
        files.Write(ProgressFile, progress.Write);
    });

    /// <summary>Takes up a checkpoint of this data and these options.</summary>
    /// <returns>Null when there is none.</returns>
    public TrainingProgress? TryResume(nn.Module network, Stepper stepper, BestWeights best, string fingerprint)
    {
        if (!job.TryFindCheckpoint(ProgressFile, out var file))
            return null;
        if (TrainingProgress.Read(File.ReadAllBytes(file)) is not { } progress || progress.Fingerprint != fingerprint)
        {
            output.WriteLine("The checkpoint is of other data or other options: training starts anew.");
            return null;
        }

        Read(WeightsFile, reader => network.load(reader));
        Read(OptimizerFile, stepper.Load);
        Read(GeneratorFile, reader => random.set_rng_state(TensorExtensionMethods.Load(reader)));
        if (progress.Stopping.BestEpoch >= 0 && job.TryFindCheckpoint(BestFile, out _))
            Read(BestFile, best.Load);
        return progress;
    }

    private void Read(string name, Action<BinaryReader> read)
    {
        if (!job.TryFindCheckpoint(name, out var file))
            throw new IOException($"The checkpoint lacks the file '{name}'. Remove the folder '{job.Environment.CheckpointFolder}' to begin anew.");
        using var reader = new BinaryReader(File.OpenRead(file));
        read(reader);
    }

    private static void Write(Stream stream, Action<BinaryWriter> write)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        write(writer);
    }
}
