namespace Serverless.Jobs.Hosting;

/// <summary>Lets a job program be tried by hand: folders that the platform would name are made below the current one.</summary>
internal static class HandRun
{
    /// <summary>The folder that is made.</summary>
    public const string Folder = "job-output";

    /// <summary>The variables as they are for a job; else with folders below <see cref="Folder"/> for those that are not set.</summary>
    public static IReadOnlyDictionary<string, string> Complete(IReadOnlyDictionary<string, string> variables, string current, TextWriter error)
    {
        if (variables.ContainsKey(JobVariables.JobId))
            return variables;
        var root = Path.Combine(current, Folder);
        error.WriteLine($"Not run by the platform: files go to ./{Folder} (remove it to begin anew), inputs come from the folders in SERVERLESS_INPUT_<CHANNEL>.");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [JobVariables.JobId] = JobEnvironment.HandRunId,
            [JobVariables.ModelFolder] = Path.Combine(root, "model"),
            [JobVariables.ArtifactsFolder] = Path.Combine(root, "artifacts"),
            [JobVariables.CheckpointFolder] = Path.Combine(root, "checkpoints"),
            [JobVariables.TensorboardFolder] = Path.Combine(root, "tensorboard"),
            [JobVariables.MetricsFile] = Path.Combine(root, "metrics.jsonl"),
        }.Concat(variables).GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
    }
}
