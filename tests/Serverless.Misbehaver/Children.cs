using System.Diagnostics;

namespace Serverless.Misbehaver;

/// <summary>Children that try to outlive their parent.</summary>
internal static class Children
{
    /// <summary>Starts a child, a grandchild whose parent ends at once, and one in a session of its own with an empty environment; then hangs or exits.</summary>
    public static async Task<int> ForkAsync(string then)
    {
        var folder = Plain.Variable("SERVERLESS_ARTIFACTS_DIR");
        Shell($"echo $$ > '{folder}/child.pid'; exec sleep 1000");
        Shell($"(trap '' TERM; echo $$ > /dev/null; sh -c 'echo $$ > \"{folder}/grandchild.pid\"; trap \"\" TERM; exec sleep 1000' &) ");
        Shell($"setsid sh -c 'echo $$ > \"{folder}/session.pid\"; exec env -i sleep 1000' &");
        foreach (var name in new[] { "child", "grandchild", "session" })
        {
            while (!File.Exists($"{folder}/{name}.pid") || new FileInfo($"{folder}/{name}.pid").Length == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        Console.WriteLine("forked");
        return then == "hang" ? await Signals.HangAsync() : 0;
    }

    private static void Shell(string script) => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]));
}
