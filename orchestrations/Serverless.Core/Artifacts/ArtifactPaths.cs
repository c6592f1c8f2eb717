using Serverless.Contracts.Agents;

namespace Serverless.Core.Artifacts;

/// <summary>Where everything is in a store. One place, so that nothing is written where something else reads.</summary>
public static class ArtifactPaths
{
    /// <summary>Content by its hash: data sets, code, checkpoints' and models' sources.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    public static ArtifactPath Content(string sha256) => ArtifactPath.Parse($"content/{sha256[..2]}/{sha256}");

    /// <summary>The folder of one attempt of a job.</summary>
    public static ArtifactPath Attempt(string jobId, int epoch) => ArtifactPath.Parse($"jobs/{jobId}/attempts/{epoch}");

    /// <summary>The log of one attempt.</summary>
    public static ArtifactPath Log(string jobId, int epoch) => Attempt(jobId, epoch).Below("log.txt");

    /// <summary>The metric points of one attempt, as JSON lines.</summary>
    public static ArtifactPath Metrics(string jobId, int epoch) => Attempt(jobId, epoch).Below("metrics.jsonl");

    /// <summary>The folder of all files that one attempt wrote.</summary>
    public static ArtifactPath Files(string jobId, int epoch) => Attempt(jobId, epoch).Below("files");

    /// <summary>A file that an attempt wrote.</summary>
    public static ArtifactPath File(string jobId, int epoch, FileKind kind, string path) => Files(jobId, epoch).Below($"{Folder(kind)}/{path}");

    /// <summary>A file of a checkpoint: by its content, so that a file that is still being replaced never spoils a committed checkpoint.</summary>
    public static ArtifactPath CheckpointContent(string jobId, int epoch, string sha256) => Attempt(jobId, epoch).Below($"checkpoints/{sha256}");

    /// <summary>The ONNX file of a model version.</summary>
    public static ArtifactPath Model(string name, int version) => ArtifactPath.Parse($"models/{name}/{version}/model.onnx");

    /// <summary>The folder of all that is stored of a study's search.</summary>
    public static ArtifactPath Search(string studyId) => ArtifactPath.Parse($"studies/{studyId}");

    /// <summary>The SHA-256 that the bytes at a path must have because the path says so; null where it says none.</summary>
    public static string? HashOf(ArtifactPath path)
    {
        var parts = path.Value.Split('/');
        return parts is ["content", _, _] or ["jobs", _, "attempts", _, "checkpoints", _] ? parts[^1] : null;
    }

    /// <summary>The attempt that a path lies under; null when it lies under none.</summary>
    public static (string JobId, int Epoch)? AttemptOf(ArtifactPath path) =>
        path.Value.Split('/') is ["jobs", var job, "attempts", var epoch, ..]
        && int.TryParse(epoch, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (job, number)
            : null;

    /// <summary>The folder's name of a kind of file.</summary>
    public static string Folder(FileKind kind) => kind switch
    {
        FileKind.Model => "model",
        FileKind.Artifacts => "artifacts",
        FileKind.Checkpoint => "checkpoint",
        FileKind.Tensorboard => "tensorboard",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
