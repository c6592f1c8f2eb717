using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Serverless.Infra.Local.Unix;

/// <summary>Tells a process from a later one with the same number, by when it began.</summary>
public static class ProcessIdentity
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>When a living process began, as text that no other process with its number has; null when there is none.</summary>
    public static string? Of(int process)
    {
        if (ProcessTable.IsHere)
        {
            return ProcessTable.Find(process) is { IsAlive: true } entry
                ? string.Create(CultureInfo.InvariantCulture, $"{File.ReadAllText(BootIdFile).Trim()}/{entry.StartTicks}")
                : null;
        }

        try
        {
            using var found = Process.GetProcessById(process);
            return found.HasExited ? null : found.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
