using Serverless.Jobs.Arguments;
using Serverless.Jobs.Checkpoints;
using Serverless.Jobs.Events;

namespace Serverless.Jobs.Hosting;

/// <summary>What the body of a job has; <see cref="JobHost"/> gives it.</summary>
public sealed class JobRun
{
    private readonly Lazy<EventWriter> events;
    private Action<CheckpointFiles>? whenStopped;

    internal JobRun(JobEnvironment environment, JobArguments arguments, TimeProvider time)
    {
        Environment = environment;
        Arguments = arguments;
        events = new(() => new EventWriter(environment.TensorboardFolder, time));
    }

    /// <summary>The job's folders and inputs, and all else of the job contract.</summary>
    public JobEnvironment Environment { get; }

    /// <summary>The arguments. Read all of them, then call <see cref="JobArguments.ThrowIfWrong"/>.</summary>
    public JobArguments Arguments { get; }

    /// <summary>The folder for the model; a file <c>model.onnx</c> in it becomes a model version.</summary>
    public string ModelFolder => Made(Environment.ModelFolder);

    /// <summary>The folder for other files that are to be kept.</summary>
    public string ArtifactsFolder => Made(Environment.ArtifactsFolder);

    /// <summary>Cancelled when the platform asks the program to stop. Break off; what <see cref="SaveWhenStopped"/> was given is saved, and the program exits in time.</summary>
    public CancellationToken Stopping => Environment.Stopping;

    /// <summary>What TensorBoard shows; the file is begun on first use.</summary>
    public EventWriter Events => events.Value;

    /// <summary>The folder of an input; its files are read-only.</summary>
    /// <param name="channel">The channel, in any case.</param>
    /// <exception cref="JobVariableException">The job has no such input; the message names those it has.</exception>
    public string InputFolder(string channel) => Environment.InputFolder(channel);

    /// <summary>Reports one value of a metric: to the platform, and with a step to TensorBoard too. May be called from any thread.</summary>
    /// <param name="metric">The metric's name, 1 to 128 characters.</param>
    /// <param name="value">The value; NaN and infinities are allowed.</param>
    /// <param name="step">The step (epoch, batch) that it belongs to.</param>
    public void Report(string metric, double value, long? step = null)
    {
        Environment.Report(metric, value, step);
        if (step is { } at)
            Events.Scalar(metric, value, at);
    }

    /// <summary>Saves a checkpoint; see <see cref="JobEnvironment.SaveCheckpoint"/>.</summary>
    /// <param name="write">Writes the files.</param>
    public void SaveCheckpoint(Action<CheckpointFiles> write) => Environment.SaveCheckpoint(write);

    /// <summary>Whether there is a checkpoint file to go on from.</summary>
    /// <param name="path">The path that it was saved under.</param>
    /// <param name="file">Where it is.</param>
    public bool TryFindCheckpoint(string path, out string file) => Environment.TryFindCheckpoint(path, out file);

    /// <summary>
    /// What is saved when the program is asked to stop: after the body has broken off or returned, so that nothing else runs meanwhile. The state that it writes must be
    /// whole wherever the body may break off, or be replaced only between steps. The last call counts.
    /// </summary>
    /// <param name="write">Writes the files; null: nothing is saved.</param>
    public void SaveWhenStopped(Action<CheckpointFiles>? write) => whenStopped = write;

    /// <summary>Saves what is to be saved before the exit; whether anything was.</summary>
    internal bool SaveNow()
    {
        if (whenStopped is { } write)
            SaveCheckpoint(write);
        return whenStopped is not null;
    }

    internal void EndEvents()
    {
        if (events.IsValueCreated)
            events.Value.Dispose();
    }

    private static string Made(string folder) => Directory.CreateDirectory(folder).FullName;
}
