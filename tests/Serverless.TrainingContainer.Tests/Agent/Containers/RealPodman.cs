using System.Diagnostics;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Containers;

/// <summary>
/// The real podman with a storage of its own and an image made here from Debian's static busybox: nothing is pulled. Where the control groups are of the mixed kind, which crun
/// refuses, podman runs in a mount namespace without the second tree.
/// </summary>
internal sealed class RealPodman : IDisposable
{
    public const string Image = "localhost/serverless-test:1";
    private const string Training = "localhost/serverless-training:1";
    private const string Name = "podman";
    private const string Busybox = "/bin/busybox";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TempFolder folder = new();

    private RealPodman()
    {
    }

    /// <summary>The runtime's program.</summary>
    public string Path => folder[Name];

    public string[] Options => ["--container-runtime", Path];

    /// <summary>Goes on only where podman can run a container.</summary>
    public static RealPodman Open()
    {
        Needs.Have(Name, File.Exists("/usr/bin/podman"), "Install Debian's podman and crun.");
        Needs.Have(Name, File.Exists(Busybox), "Install Debian's busybox-static.");
        var podman = new RealPodman();
        try
        {
            podman.Write("exec podman \"$@\"");
            podman.Build();
            var plain = podman.Try();
            if (plain.Code == 0)
                return podman;
            podman.Write("exec unshare --mount --propagation private sh -c 'umount /sys/fs/cgroup/unified && exec podman \"$@\"' sh \"$@\"");
            var apart = podman.Try();
            Needs.Have(Name, apart.Code == 0, $"podman cannot run a container here: {plain.Words} / {apart.Words}");
            return podman;
        }
        catch
        {
            podman.Dispose();
            throw;
        }
    }

    /// <summary>Makes the training container's image from what is built here, with this machine's .NET and C library in place of the base image.</summary>
    public string BuildTraining(string program)
    {
        const string library = "/lib/x86_64-linux-gnu";
        var shared = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');
        var dotnet = System.IO.Path.GetFullPath(System.IO.Path.Combine(shared, "..", "..", ".."));
        Needs.Have(Name, Directory.Exists(library), "Run on an amd64 machine of Debian's kind.");
        Copy(shared, $"training/usr/share/dotnet/shared/Microsoft.NETCore.App/{System.IO.Path.GetFileName(shared)}");
        Copy(System.IO.Path.Combine(dotnet, "host"), "training/usr/share/dotnet/host");
        Copy(program, "training/program");
        foreach (var name in new[] { "libgcc_s.so.1", "libpthread.so.0", "librt.so.1", "libdl.so.2", "libstdc++.so.6", "libm.so.6", "libc.so.6", "libssl.so.3", "libcrypto.so.3" })
            CopyFile(System.IO.Path.Combine(library, name), $"training{library}/{name}");
        CopyFile("/lib64/ld-linux-x86-64.so.2", "training/lib64/ld-linux-x86-64.so.2");
        System.Formats.Tar.TarFile.CreateFromDirectory(folder["training"], folder["training.tar"], includeBaseDirectory: false);
        var made = Run("import", "--change", "ENTRYPOINT [\"/program/Serverless.Algorithms\"]", folder["training.tar"], Training);
        Needs.Have(Name, made.Code == 0, $"podman cannot make an image here: {made.Words}");
        return Training;
    }

    /// <summary>Runs the runtime's client.</summary>
    public (int Code, string Words) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"'podman {string.Join(' ', arguments)}' did not end within {Limit.TotalSeconds} s");
        }

        return (process.ExitCode, (output.Result + error.Result).Trim());
    }

    /// <summary>The names of the containers that are left.</summary>
    public string[] Containers() => Run("ps", "--all", "--format={{.Names}}").Words.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        Run("rm", "--force", "--all");
        Run("rmi", "--force", "--all");
        folder.Dispose();
    }

    private (int Code, string Words) Try() =>
        Run("run", "--rm", "--network=none", "--pull=never", "--cap-drop=all", "--user=65532:65532", "--memory=67108864", "--pids-limit=50", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024", Image, "-c", "exit 0");

    private void Write(string line)
    {
        File.WriteAllText(Path, $"#!/bin/sh\nset -- --root '{folder["root"]}' --runroot '{folder["run"]}' --storage-driver vfs --cgroup-manager cgroupfs \"$@\"\n{line}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Build()
    {
        var root = Directory.CreateDirectory(folder["image/bin"]).FullName;
        File.Copy(Busybox, System.IO.Path.Combine(root, "busybox"));
        foreach (var applet in new[] { "sh", "sleep", "cat", "id", "echo", "ls", "wget", "nc", "dd", "tail", "touch", "ip", "grep", "stat" })
            File.CreateSymbolicLink(System.IO.Path.Combine(root, applet), "busybox");
        File.WriteAllText(folder["image/bin/noexec"], "#!/bin/sh\n");
        System.Formats.Tar.TarFile.CreateFromDirectory(folder["image"], folder["image.tar"], includeBaseDirectory: false);
        var made = Run("import", "--change", "ENTRYPOINT [\"/bin/sh\"]", "--change", "ENV FROM_IMAGE=yes", folder["image.tar"], Image);
        Needs.Have(Name, made.Code == 0, $"podman cannot make an image here: {made.Words}");
    }

    private void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            CopyFile(file, System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file)));
    }

    private void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(folder[to])!);
        File.Copy(from, folder[to]);
    }
}
