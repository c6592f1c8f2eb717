using System.Globalization;
using System.Runtime.InteropServices;

namespace Serverless.Inference.Checks;

/// <summary>
/// Limits that a process sets on itself and cannot lift: address space, processor time, no core dump. The address space is counted from what the process has
/// already taken, because .NET reserves far more than it uses. On Windows there are none: there the parent's clock is the only limit.
/// </summary>
internal static partial class ChildLimits
{
    private const int CpuSeconds = 0;
    private const int CoreBytes = 4;
    private const int LinuxAddressSpace = 9;

    /// <summary>Sets the limits.</summary>
    /// <param name="moreBytes">Address space beyond what is taken now.</param>
    /// <param name="seconds">Processor time.</param>
    public static void Apply(long moreBytes, long seconds)
    {
        if (OperatingSystem.IsWindows())
            return;
        Set(CoreBytes, 0);
        Set(CpuSeconds, (ulong)seconds);
        if (OperatingSystem.IsLinux())
            Set(LinuxAddressSpace, (ulong)(TakenBytes() + moreBytes));
    }

    private static long TakenBytes()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    private static void Set(int resource, ulong value)
    {
        var limit = new Limit { Soft = value, Hard = value };
        if (SetLimit(resource, limit) != 0)
            throw new InvalidOperationException($"The limit {resource} could not be set to {value}: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
