using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Serverless.RuntimeDouble;

/// <summary>"Containers": processes whose mounts are the node's own folders, so that what a program writes lands where the agent looks for it.</summary>
internal static class Containers
{
    public static async Task<int> RunAsync(DoubleFolder folder, string[] words)
    {
        var run = RunWords.Parse(words);
        folder.Write(new ContainerRecord(run.Name, run.Attempt, "created", 0, 0, false));
        switch (folder.Setting("run"))
        {
            case "broken":
                folder.Delete(run.Name);
                return Answers.Fail(125, "Error: netavark: unable to find network with name or ID sl: network not found");
            case "no-device":
                return Answers.Fail(126, "Error: setting up CDI devices: unresolvable CDI devices nvidia.com/gpu=all") - 1;
            case "not-executable":
                return Answers.Fail(126, "Error: crun: open executable: Permission denied: OCI permission denied");
            case "not-found":
                return Answers.Fail(127, "Error: crun: executable file `nosuch` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found");
        }

        var program = folder.Setting("entry-point").Split('\n');
        var start = new ProcessStartInfo(run.EntryPoint ?? program[0], [.. run.EntryPoint is null ? program[1..] : [], .. run.Arguments])
        {
            WorkingDirectory = run.Folder is { } work ? run.OnNode(work) : "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        foreach (var (name, value) in run.Variables())
            start.Environment[name] = run.OnNode(value);
        using var process = Process.Start(start)!;
        folder.Write(new ContainerRecord(run.Name, run.Attempt, "running", process.Id, 0, false));
        if (folder.Setting("run") == "client-dies")
            return 1;
        using var forward = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Signal(process.Id, 15);
        });
        await process.WaitForExitAsync();
        var forMemory = folder.Setting("run") == "oom";
        var code = forMemory ? 137 : process.ExitCode;
        if (folder.Read(run.Name) is not null)
            folder.Write(new ContainerRecord(run.Name, run.Attempt, "exited", 0, code, forMemory));
        return code;
    }

    public static int Kill(DoubleFolder folder, string name, string signal)
    {
        if (folder.Read(name) is not { Status: "running" } record)
            return Answers.Fail(125, $"Error: can only kill running containers. {name} is not");
        Signal(record.Process, signal == "KILL" ? 9 : 15);
        if (folder.Setting("run") == "client-dies")
            folder.Write(record with { Status = "exited", ExitCode = 137 });
        return 0;
    }

    public static int Remove(DoubleFolder folder, string name)
    {
        if (folder.Read(name) is { Status: "running" } record)
            Signal(record.Process, 9);
        folder.Delete(name);
        return 0;
    }

    private static void Signal(int process, int signal) => SystemKill(process, signal);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SystemKill(int process, int signal);
}
