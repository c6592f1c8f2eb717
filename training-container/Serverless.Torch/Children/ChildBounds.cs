using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Serverless.Torch.Children;

/// <summary>What the process that exports does to itself before it begins, so that it harms nobody: it takes no more memory than it may, gives way first, and does not outlive who started it.</summary>
internal static partial class ChildBounds
{
    private const int DataLimit = 2; // RLIMIT_DATA: private memory that can be written, mapped memory too; address space that is only reserved does not count
    private const string FirstToGo = "1000";

    /// <summary>Sets them. The standard input is a pipe from the process that started this one: it ends when that one does.</summary>
    public static void Set(long memoryBytes)
    {
        if (OperatingSystem.IsLinux())
        {
            var limit = new ResourceLimit((nuint)memoryBytes, (nuint)memoryBytes);
            _ = SetLimit(DataLimit, in limit); // refused only where the bound is lower already
            try
            {
                File.WriteAllText("/proc/self/oom_score_adj", FirstToGo);
            }
            catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
            {
                // a system without it: the bound of memory is what counts
            }
        }

        new Thread(EndWithTheOther) { IsBackground = true, Name = "waits for the end of who started this" }.Start();
    }

    private static void EndWithTheOther()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        using var self = Process.GetCurrentProcess();
        self.Kill(); // at once, also in the middle of native code
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(nuint Soft, nuint Hard);
}
