namespace Serverless.Jobs.Checkpoints;

/// <summary>The marker by which a program says when its checkpoint is whole.</summary>
public static class CheckpointMarker
{
    /// <summary>
    /// The file in the checkpoint folder that is written (or replaced) last. From the first time it is there, a checkpoint is taken each time it changes, and at no other time.
    /// It is not part of the checkpoint.
    /// </summary>
    public const string FileName = ".commit";
}
