using System.ComponentModel;
using System.Diagnostics;

namespace Serverless.Infra.Local.Unix;

/// <summary>Ends a process with all that came from it.</summary>
internal static class ProcessTree
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Kills a process, its descendants and its session. They are stopped first, so that none can start another while we look; repeated until none is left.
    /// When the process itself is gone, what is left of its session is killed: the system gives a session's number to nobody while a member lives.
    /// </summary>
    /// <returns>Whether nothing is left; false when the system cannot end something within 10 s.</returns>
    public static async Task<bool> KillAsync(int root, string identity, TimeProvider clock, CancellationToken cancel)
    {
        if (!ProcessTable.IsHere)
            return KillPortably(root, identity);
        var started = clock.GetTimestamp();
        while (true)
        {
            var stopped = new HashSet<int>();
            for (var fresh = Family(root, identity); fresh.Count > 0; fresh = [.. Family(root, identity).Where(process => !stopped.Contains(process))])
            {
                foreach (var process in fresh.Where(stopped.Add))
                    Libc.Kill(process, SigStop);
            }

            if (stopped.Count == 0)
                return true;
            foreach (var process in stopped)
                Libc.Kill(process, Libc.SigKill);
            if (clock.GetElapsedTime(started) > Limit)
                return false;
            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <summary>Asks a process to end; does nothing where the system has no such signal, or the process is another.</summary>
    public static void Terminate(int process, string identity)
    {
        if (!OperatingSystem.IsWindows() && ProcessIdentity.Of(process) == identity)
            Libc.Kill(process, Libc.SigTerm);
    }

    private static int SigStop => OperatingSystem.IsMacOS() ? 17 : 19;

    private static List<int> Family(int root, string identity)
    {
        var all = ProcessTable.All();
        var isRoot = ProcessIdentity.Of(root) == identity;
        if (!isRoot && all.Exists(process => process.Id == root && process.IsAlive))
            return [];
        var children = all.ToLookup(process => process.Parent);
        var family = new HashSet<int>(all.Where(process => process.Session == root).Select(process => process.Id));
        if (isRoot)
            family.Add(root);
        var open = new Queue<int>(family);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(child => family.Add(child.Id)))
                open.Enqueue(child.Id);
        }

        return [.. all.Where(process => process.IsAlive && family.Contains(process.Id) && process.Id != Environment.ProcessId).Select(process => process.Id)];
    }

    private static bool KillPortably(int root, string identity)
    {
        if (ProcessIdentity.Of(root) != identity)
            return true;
        try
        {
            using var process = Process.GetProcessById(root);
            process.Kill(entireProcessTree: true);
            return process.WaitForExit(Limit);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return ProcessIdentity.Of(root) is null;
        }
    }
}
