namespace Serverless.Agent.Staging;

/// <summary>What the system says about a full disk.</summary>
internal static class Disk
{
    private const int NoSpace = 28;
    private const int QuotaReached = 122;

    /// <summary>Whether an error says that the disk, or the user's part of it, is full.</summary>
    public static bool IsFull(Exception exception) => exception is IOException && exception.HResult is NoSpace or QuotaReached;

    /// <summary>Free bytes where a folder is; null where the system does not tell.</summary>
    public static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A full disk in words.</summary>
    public static string FullMessage(string folder, string what) =>
        $"The node's disk is full: {what} could not be written below '{folder}' ({FreeBytes(folder) ?? 0:N0} bytes are free). Free space on the node, or use one with a larger disk.";
}
