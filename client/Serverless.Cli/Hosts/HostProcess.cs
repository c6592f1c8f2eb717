using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Serverless.Cli.Shell;
using Serverless.Client.Hosts;
using Serverless.Contracts.Hosts;

namespace Serverless.Cli.Hosts;

/// <summary>A host that the command line started.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly Process process;
    private readonly string dataFolder;
    private readonly string? logFile;
    private readonly TimeProvider clock;

    private HostProcess(Process process, string dataFolder, string? logFile, TimeProvider clock)
    {
        this.process = process;
        this.dataFolder = dataFolder;
        this.logFile = logFile;
        this.clock = clock;
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Starts a host; it may not answer yet.</summary>
    /// <param name="programs">Where the programs are.</param>
    /// <param name="dataFolder">Its data folder; made when it is not there.</param>
    /// <param name="options">Its further options.</param>
    /// <param name="logFile">Where what it says goes, so that it can outlive us; null: to our stderr.</param>
    /// <param name="staysWithoutUs">Whether it goes on when this process ends; else it stops by itself, also when this process is killed.</param>
    /// <param name="clock">The clock of waits.</param>
    public static HostProcess Start(StartedPrograms programs, string dataFolder, IEnumerable<string> options, string? logFile, bool staysWithoutUs, TimeProvider clock)
    {
        var host = programs.Find(StartedPrograms.Local);
        string[] words =
        [
            .. host.EndsWith(".dll", StringComparison.Ordinal) ? [DotnetPath(), host] : new[] { host },
            "--data", dataFolder,
            "--agent", programs.Find(StartedPrograms.Agent),
            "--algorithms", programs.Find(StartedPrograms.Algorithms),
            .. staysWithoutUs ? Array.Empty<string>() : ["--stop-with", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
            .. options,
        ];
        MakeFolder(dataFolder);
        // What it says must not go to our stdout, which is for data; and not through us, because it may outlive us.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(words[0], words[1..])
            : new ProcessStartInfo("/bin/sh", ["-c", logFile is null ? "exec \"$@\" </dev/null 1>&2" : "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1", "sh", .. logFile is null ? words : [logFile, .. words]]);
        start.UseShellExecute = false;
        start.WorkingDirectory = dataFolder;
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is null && RuntimeRoot() is { } root)
            start.Environment["DOTNET_ROOT"] = root;
        return new HostProcess(Process.Start(start)!, dataFolder, logFile, clock);
    }

    /// <summary>Makes a data folder that only its owner enters: it will hold keys and people's data.</summary>
    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Waits until it answers.</summary>
    /// <exception cref="CliException">It ended instead.</exception>
    public async Task<RunningHost> AnswersAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (LocalHost.Find(dataFolder) is { } host && host.ProcessId == process.Id)
                return host;
            if (process.HasExited)
                throw CliException.Failed($"The host ended with exit code {process.ExitCode} before it answered.{LogTail(15)}", "Read what it said; if its port is taken, choose another with --port, or 0 for a free one.");
            await Task.Delay(Poll, clock, cancel);
        }
    }

    /// <summary>Waits until it has ended.</summary>
    public Task EndedAsync(CancellationToken cancel) => process.WaitForExitAsync(cancel);

    /// <summary>Asks it to stop; kills it and all that it started when it does not within the grace period.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (process.HasExited)
            return;
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            _ = Kill(process.Id, SigTerm);
        using var late = new CancellationTokenSource(grace, clock);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>The last lines that it wrote to its log file, each on a line of its own; empty when it has none.</summary>
    public string LogTail(int lines)
    {
        if (logFile is null || !File.Exists(logFile))
            return "";
        const int most = 64 * 1024;
        using var file = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(most, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file);
        var tail = reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(lines).ToArray();
        return tail is [""] ? "" : $"\nThe last lines of the host's log:\n  {string.Join("\n  ", tail)}";
    }

    public void Dispose() => process.Dispose();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);

    private static string DotnetPath() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>Where the runtime that runs us lies, so that what we start finds the same.</summary>
    private static string? RuntimeRoot()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.Exists(Path.Combine(root, "host", "fxr")) ? root : null;
    }
}
