using System.Collections;
using System.Runtime.InteropServices;
using Serverless.Jobs.Checkpoints;
using Serverless.Jobs.Metrics;

namespace Serverless.Jobs;

/// <summary>
/// What a job program has: its inputs, the folders for its outputs, its metrics, and the wish to stop. Make one at the start of the program and dispose of it at
/// the end. A member whose variable is not set throws <see cref="JobVariableException"/> when it is used, and not before, so that a program can also be run by hand.
/// </summary>
public sealed class JobEnvironment : IDisposable
{
    /// <summary>The id of a run by hand.</summary>
    internal const string HandRunId = "by-hand";

    private readonly IReadOnlyDictionary<string, string> variables;
    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> signals = [];
    private readonly Lazy<MetricsWriter> metrics;
    private readonly Lazy<CheckpointWriter> checkpoints;

    /// <summary>Takes the variables from a dictionary; for tests of a job program. Signals are not listened to.</summary>
    /// <param name="variables">The variables by name.</param>
    public JobEnvironment(IReadOnlyDictionary<string, string> variables)
    {
        this.variables = variables;
        metrics = new(() => new MetricsWriter(MetricsFile));
        checkpoints = new(() => new CheckpointWriter(CheckpointFolder));
    }

    /// <summary>The job's id.</summary>
    public string JobId => Require(JobVariables.JobId);

    /// <summary>Whether the program was started by a person and not by the platform.</summary>
    public bool IsByHand => JobId == HandRunId;

    /// <summary>The folder for the model; only its files can become a model version.</summary>
    public string ModelFolder => Require(JobVariables.ModelFolder);

    /// <summary>The folder for other files that are to be kept.</summary>
    public string ArtifactsFolder => Require(JobVariables.ArtifactsFolder);

    /// <summary>The folder for checkpoints. When the job goes on after a lost node it holds the files of the last committed checkpoint.</summary>
    public string CheckpointFolder => Require(JobVariables.CheckpointFolder);

    /// <summary>The folder for TensorBoard event files.</summary>
    public string TensorboardFolder => Require(JobVariables.TensorboardFolder);

    /// <summary>The file that takes metrics as JSON lines; <see cref="Report"/> writes it.</summary>
    public string MetricsFile => Require(JobVariables.MetricsFile);

    /// <summary>The channels of the inputs, in lower case.</summary>
    public IReadOnlyList<string> Channels =>
        [.. variables.Keys.Where(name => name.StartsWith(JobVariables.InputPrefix, StringComparison.Ordinal))
            .Select(name => name[JobVariables.InputPrefix.Length..].ToLowerInvariant()).Order(StringComparer.Ordinal)];

    /// <summary>Cancelled when the platform asks the program to stop (SIGTERM, or Ctrl-C by hand). Save a checkpoint and return; after the grace period the program is killed.</summary>
    public CancellationToken Stopping => stop.Token;

    /// <summary>Takes the variables of this process and listens to SIGTERM and SIGINT.</summary>
    public static JobEnvironment FromEnvironment() => Listening(ProcessVariables());

    /// <summary>The variables of this process.</summary>
    internal static IReadOnlyDictionary<string, string> ProcessVariables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return variables;
    }

    /// <summary>Takes variables and listens to SIGTERM and SIGINT.</summary>
    internal static JobEnvironment Listening(IReadOnlyDictionary<string, string> variables)
    {
        var job = new JobEnvironment(variables);
        job.signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, job.AskToStop));
        job.signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, job.AskToStop));
        return job;
    }

    /// <summary>The folder of an input; its files are read-only.</summary>
    /// <param name="channel">The channel, in any case.</param>
    /// <exception cref="JobVariableException">The job has no such input; the message names those it has.</exception>
    public string InputFolder(string channel)
    {
        var name = JobVariables.Input(channel);
        if (variables.TryGetValue(name, out var folder) && folder.Length > 0)
            return folder;
        var known = Channels.Count == 0 ? "The job has no inputs" : $"The job's inputs are: {string.Join(", ", Channels)}";
        throw new JobVariableException($"There is no input '{channel}': the variable {name} is not set. {known}. Add the input to the job (--input {channel}=DATASET), or set {name} to a folder.");
    }

    /// <summary>Reports one value of a metric. May be called from any thread; the value is seen within a fraction of a second.</summary>
    /// <param name="metric">The metric's name, 1 to 128 characters.</param>
    /// <param name="value">The value; NaN and infinities are allowed.</param>
    /// <param name="step">The step (epoch, batch) that it belongs to.</param>
    public void Report(string metric, double value, long? step = null) => metrics.Value.Write(metric, value, step);

    /// <summary>
    /// Saves a checkpoint so that a kill at any moment leaves either the last one or this one: each file is written beside its place and renamed, then the whole is
    /// marked as complete. Files of earlier checkpoints that are not written again stay and belong to this one too.
    /// </summary>
    /// <param name="write">Writes the files.</param>
    public void SaveCheckpoint(Action<CheckpointFiles> write) => checkpoints.Value.Save(write);

    /// <summary>Whether there is a checkpoint file to go on from.</summary>
    /// <param name="path">The path that it was saved under.</param>
    /// <param name="file">Where it is.</param>
    public bool TryFindCheckpoint(string path, out string file)
    {
        file = Path.Combine(CheckpointFolder, path);
        return File.Exists(file);
    }

    /// <summary>Ends what was open.</summary>
    public void Dispose()
    {
        foreach (var signal in signals)
            signal.Dispose();
        if (metrics.IsValueCreated)
            metrics.Value.Dispose();
        stop.Dispose();
    }

    /// <summary>Asks the program to stop, as a signal does.</summary>
    internal void Stop() => stop.Cancel();

    private void AskToStop(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop();
    }

    private string Require(string name) =>
        variables.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw new JobVariableException($"The variable {name} is not set. Run the program as a job (serverless job run), or set {name} to try it by hand.");
}
