using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Failures;

namespace Serverless.Infra.Local.Hosts;

/// <summary>Keeps a second host out of a data folder: stores, doorbell and pool each hold that they are the only one. The system lets go of the lock when the process ends, however it ends.</summary>
public sealed class DataFolderLock : IDisposable
{
    private const int TakenLinux = 11;
    private const int TakenMac = 35;
    private const int TakenWindows = unchecked((int)0x80070020);

    private readonly FileStream held;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="ServerlessException"><c>conflict</c> when another process has it.</exception>
    public DataFolderLock(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "run", "lock");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException taken) when (taken.HResult is TakenLinux or TakenMac or TakenWindows)
        {
            throw new ServerlessException(ProblemCodes.Conflict, $"Another host uses the data folder '{dataFolder}'.",
                "Stop it ('run/host.json' has its process), or give another folder with --data.", inner: taken);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw LocalFailures.OfFiles($"Opening the data folder '{dataFolder}'", failed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();
}
