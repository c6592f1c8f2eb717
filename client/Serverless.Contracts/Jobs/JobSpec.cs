namespace Serverless.Contracts.Jobs;

/// <summary>What a person asks for: a program, its arguments and inputs, and what is to become of its model.</summary>
public sealed record JobSpec
{
    /// <summary>A name for people, 1 to 128 characters; need not be unique. Default: from the program.</summary>
    public string? Name { get; init; }

    /// <summary>The experiment that it belongs to, so that it can be compared with its others; made by its first job. Lower-case letters, digits, <c>-</c>, <c>_</c>, <c>.</c>; null: none.</summary>
    public string? Experiment { get; init; }

    /// <summary>What runs.</summary>
    public required ProgramSpec Program { get; init; }

    /// <summary>The program's arguments, passed exactly: order, repeats and empty strings kept. At most 1,000, together at most 96 KiB.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>
    /// Variables added to the program's environment. Names beginning with <c>SERVERLESS_</c> are ours and refused. A value <c>secret://REF</c> stands for the secret of that
    /// name in the host's store: its value is looked up when the job is claimed, goes to the node over the agent protocol alone, and is in no record.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();

    /// <summary>Data sets, by channel.</summary>
    public IReadOnlyList<InputSpec> Inputs { get; set; } = [];

    /// <summary>How metrics are read from the program's output and event files. None by pattern: the line <c>name = number</c> is read. None by tag: all scalars of the TensorBoard folder are.</summary>
    public IReadOnlyList<MetricSpec> Metrics { get; set; } = [];

    /// <summary>
    /// The id of a job whose newest whole checkpoint the program finds in its checkpoint folder when it first starts, as if it went on from there; of one that committed none what that job began
    /// with. Which one that is, is decided when this job is admitted. Null: the folder is empty. A job that has no checkpoint either way is no error: the program starts anew, and its log says so.
    /// </summary>
    public string? CheckpointFrom { get; init; }

    /// <summary>What it runs on.</summary>
    public ResourceSpec Resources { get; set; } = new();

    /// <summary>What its program can reach over the network. Default: <see cref="JobNetwork.Internet"/>.</summary>
    public JobNetwork Network { get; set; } = JobNetwork.Internet;

    /// <summary>When it is stopped.</summary>
    public LimitSpec Limits { get; set; } = new();

    /// <summary>What becomes of the model; null when the job makes none.</summary>
    public ModelSpec? Model { get; init; }
}
