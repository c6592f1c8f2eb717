namespace Serverless.Jobs;

/// <summary>The environment variables of the job contract. See <c>docs/job-contract.md</c>.</summary>
public static class JobVariables
{
    /// <summary>Every variable of the platform begins with this; a job may not set one.</summary>
    public const string Prefix = "SERVERLESS_";

    /// <summary>The job's id.</summary>
    public const string JobId = "SERVERLESS_JOB_ID";

    /// <summary>What the variable of an input's folder begins with; the channel in upper case follows.</summary>
    public const string InputPrefix = "SERVERLESS_INPUT_";

    /// <summary>The folder for the model.</summary>
    public const string ModelFolder = "SERVERLESS_MODEL_DIR";

    /// <summary>The folder for other files that are to be kept.</summary>
    public const string ArtifactsFolder = "SERVERLESS_ARTIFACTS_DIR";

    /// <summary>The folder for checkpoints; it holds the last committed one when the program starts.</summary>
    public const string CheckpointFolder = "SERVERLESS_CHECKPOINT_DIR";

    /// <summary>The folder for TensorBoard event files.</summary>
    public const string TensorboardFolder = "SERVERLESS_TENSORBOARD_DIR";

    /// <summary>The file that takes metrics as JSON lines.</summary>
    public const string MetricsFile = "SERVERLESS_METRICS_FILE";

    /// <summary>The variable of an input's folder.</summary>
    /// <param name="channel">The channel, such as <c>train</c>.</param>
    public static string Input(string channel) => InputPrefix + channel.ToUpperInvariant();
}
