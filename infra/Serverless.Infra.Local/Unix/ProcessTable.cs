using System.Globalization;

namespace Serverless.Infra.Local.Unix;

/// <summary>The processes that there are, by Linux's <c>/proc</c> (proc_pid_stat(5)).</summary>
internal static class ProcessTable
{
    /// <summary>Whether this system has one.</summary>
    public static bool IsHere { get; } = OperatingSystem.IsLinux() && File.Exists("/proc/self/stat");

    /// <summary>One process, or null.</summary>
    public static ProcessEntry? Find(int process) => Read($"/proc/{process}/stat", process);

    /// <summary>All processes.</summary>
    public static List<ProcessEntry> All()
    {
        var all = new List<ProcessEntry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Read(folder + "/stat", id) is { } entry)
                all.Add(entry);
        }

        return all;
    }

    /// <summary>The process whose arguments have these two one after the other, or null.</summary>
    public static int? WithArguments(string name, string value)
    {
        foreach (var entry in All().Where(entry => entry.IsAlive))
        {
            try
            {
                var arguments = File.ReadAllText($"/proc/{entry.Id}/cmdline").Split('\0');
                for (var i = 0; i + 1 < arguments.Length; i++)
                {
                    if (arguments[i] == name && arguments[i + 1] == value)
                        return entry.Id;
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or is another user's.
            }
        }

        return null;
    }

    private static ProcessEntry? Read(string path, int id)
    {
        try
        {
            var text = File.ReadAllText(path);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessEntry(id, Number(fields[1]), Number(fields[3]), fields[0][0], ulong.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
}
