namespace Serverless.Agent.Containers;

/// <summary>Where a job's program finds its folders inside its container. They are part of the job contract.</summary>
internal static class ContainerPaths
{
    /// <summary>The folder with the job's code and, unless chosen otherwise, its inputs.</summary>
    public const string Work = "/job";

    public const string Model = "/output/model";

    public const string Artifacts = "/output/artifacts";

    public const string Checkpoint = "/output/checkpoint";

    public const string Tensorboard = "/output/tensorboard";

    /// <summary>The folder of the metrics file: a folder, so that the file may be replaced by renaming.</summary>
    public const string Metrics = "/output/metrics";

    public const string MetricsFile = Metrics + "/metrics.jsonl";

    public const string Temporary = "/tmp";
}
