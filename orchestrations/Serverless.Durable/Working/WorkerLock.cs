namespace Serverless.Durable.Working;

/// <summary>Says that a worker lives: a lock of the operating system on a file, which ends with its process whatever happens. No clock is involved.</summary>
internal sealed class WorkerLock : IDisposable
{
    private readonly FileStream file;

    private WorkerLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock; null when a living worker has it.</summary>
    public static WorkerLock? TryTake(string storePath)
    {
        try
        {
            return new WorkerLock(new FileStream(storePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
