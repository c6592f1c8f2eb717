using System.Globalization;
using System.Runtime.InteropServices;
using Serverless.Agent.Unix;

namespace Serverless.Agent.Programs;

/// <summary>
/// Every process that came from a job's program. The agent is a subreaper: a process whose parent has ended becomes the agent's child, whatever session it made for
/// itself, so nothing that a program starts can get out of sight. Where there is no /proc, only the process group is known.
/// </summary>
/// <param name="agent">The agent's process.</param>
/// <param name="isOurs">Tells the children of the agent that serve the agent, such as the guard.</param>
internal sealed class ProgramTree(int agent, Func<int, bool> isOurs)
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Makes this process the parent of every orphan below it.</summary>
    public static void AdoptOrphans() => Libc.Control(Libc.SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>The living processes of the program.</summary>
    public IReadOnlyList<int> Living() => [.. Read().Where(process => process.State != 'Z').Select(process => process.Id)];

    /// <summary>Kills all of them: first stops them, so that none can start another meanwhile, then kills.</summary>
    /// <returns>How many are left, which is 0 unless the system cannot end one (uninterruptible I/O).</returns>
    public async Task<int> KillAsync(int group, int leader, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        Libc.Kill(-group, Libc.SigKill);
        while (true)
        {
            var stopped = new HashSet<int>();
            for (var round = 0; round < 20; round++)
            {
                var fresh = Living().Where(stopped.Add).ToList();
                if (fresh.Count == 0)
                    break;
                foreach (var process in fresh)
                    Libc.Kill(process, Libc.SigStop);
            }

            foreach (var process in stopped)
                Libc.Kill(process, Libc.SigKill);
            Reap(leader);
            if (stopped.Count == 0 || clock.GetElapsedTime(started) > KillLimit)
                return stopped.Count;
            await Task.Delay(Pause, clock, CancellationToken.None);
        }
    }

    /// <summary>Takes note of orphans that have ended, so that they do not fill the process table. The program itself is left to whoever waits for it.</summary>
    public unsafe void Reap(int leader)
    {
        foreach (var process in Read())
        {
            int status;
            if (process.State == 'Z' && process.Parent == agent && process.Id != leader && !isOurs(process.Id))
                Libc.WaitPid(process.Id, &status, Libc.WaitNoHang);
        }
    }

    /// <summary>A process that is no descendant of the agent (a daemon started it), and the living ones that came from it.</summary>
    public static IReadOnlyList<int> Below(int root) => [.. Family(root, _ => false).Where(process => process.State != 'Z').Select(process => process.Id)];

    private IEnumerable<(int Id, int Parent, char State)> Read() => Family(agent, isOurs).Where(process => process.Id != agent);

    private static List<(int Id, int Parent, char State)> Family(int root, Func<int, bool> isLeftOut)
    {
        var all = new List<(int Id, int Parent, char State)>();
        if (!Directory.Exists("/proc/self"))
            return all;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Stat(folder) is { } stat)
                all.Add((id, stat.Parent, stat.State));
        }

        var family = new HashSet<int> { root };
        var children = all.ToLookup(process => process.Parent);
        var open = new Queue<int>([root]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                if (!isLeftOut(child.Id) && family.Add(child.Id))
                    open.Enqueue(child.Id);
            }
        }

        return [.. all.Where(process => family.Contains(process.Id))];
    }

    /// <summary>The state and the parent: the two fields after the name, which is in parentheses and may hold anything.</summary>
    private static (char State, int Parent)? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(folder + "/stat").AsSpan();
            var fields = text[(text.LastIndexOf(')') + 2)..];
            var parent = fields[2..];
            return (fields[0], int.Parse(parent[..parent.IndexOf(' ')], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ExternalException)
        {
            return null;
        }
    }
}
