using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Infra.Local.Hosts;

/// <summary>Keeps a second host out of a data folder: stores, doorbell and pool each hold that they are the only one. The system lets go of the lock when the process ends, however it ends.</summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream held;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="ServerlessException"><c>conflict</c> when another process has it.</exception>
    public DataFolderLock(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "run", "lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException taken)
        {
            throw new ServerlessException(ProblemCodes.Conflict, $"Another host uses the data folder '{dataFolder}'.",
                "Stop it ('run/host.json' has its process), or give another folder with --data.", inner: taken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();
}
