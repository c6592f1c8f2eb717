using System.Globalization;
using System.Text.Json;

namespace Serverless.Agent.Containers;

/// <summary>The exact command lines of the container runtimes. Pure; held by golden tests.</summary>
internal static class ContainerArguments
{
    /// <summary>The limit on a user's processes counts those outside of the container too (the agent's user may be a person), so it is wider than the container's own, and holds where that cannot be set.</summary>
    private const int UsersShare = 4;

    /// <summary>The command line that runs a job.</summary>
    /// <param name="plan">The container.</param>
    /// <param name="machine">The machine.</param>
    public static IReadOnlyList<string> Run(ContainerPlan plan, ContainerMachine machine)
    {
        var podman = machine.Kind == ContainerRuntimeKind.Podman;
        List<string> words = ["run", $"--name={plan.Name}", .. plan.Labels.Select(label => $"--label={label.Key}={label.Value}")];
        words.AddRange(["--pull=never", "--log-driver=none", "--cap-drop=all", "--security-opt=no-new-privileges", $"--user={plan.User}"]);
        if (podman && machine.Agent.User != 0)
            words.Add("--userns=keep-id");
        if (podman)
            words.AddRange(["--http-proxy=false", "--read-only-tmpfs=false"]);
        if (!plan.WritableRoot)
            words.AddRange(["--read-only", "--tmpfs=/run:rw,nosuid,nodev,noexec,size=16777216,mode=1777"]);
        if (machine.Facts.Init)
            words.Add("--init");
        words.AddRange(Limits(plan, machine));
        if (plan.Gpus)
            words.Add(podman ? "--device=nvidia.com/gpu=all" : "--gpus=all");
        if (plan.Network is { } network)
            words.Add($"--network={network}");
        words.AddRange(plan.Mounts.Select(mount => $"--mount={mount}"));
        if (plan.Folder is { } folder)
            words.Add($"--workdir={folder}");
        words.AddRange(ContainerVariables.ByClient(plan).Select(pair => $"--env={pair.Key}"));
        words.AddRange(ContainerVariables.ByCommandLine(plan).Select(pair => $"--env={pair.Key}={pair.Value}"));
        if (ContainerVariables.ByFile(plan).Any())
            words.Add($"--env-file={plan.VariablesFile}");
        if (plan.EntryPoint is { } entryPoint)
            words.Add($"--entrypoint={(podman ? Json(entryPoint) : entryPoint)}");
        return [.. words, plan.ImageId, .. plan.Arguments];
    }

    public static IReadOnlyList<string> Signal(string name, string signal) => ["kill", $"--signal={signal}", name];

    /// <summary>Removes a container, running or not, with the volumes that its image declared.</summary>
    public static IReadOnlyList<string> Remove(string name) => ["rm", "--force", "--volumes", name];

    public static IReadOnlyList<string> Inspect(string name) => ["container", "inspect", name];

    public static IReadOnlyList<string> InspectImage(string image) => ["image", "inspect", image];

    public static IReadOnlyList<string> Pull(string image) => ["pull", image];

    /// <summary>The ids of all containers of attempts, a line each.</summary>
    public static IReadOnlyList<string> Attempts() => ["ps", "--all", "--quiet", "--no-trunc", $"--filter=label={ContainerPlan.AttemptLabel}"];

    public static IReadOnlyList<string> Info(ContainerRuntimeKind kind) => ["info", kind == ContainerRuntimeKind.Podman ? "--format=json" : "--format={{json .}}"];

    private static IEnumerable<string> Limits(ContainerPlan plan, ContainerMachine machine)
    {
        if (machine.Facts.Cpu)
            yield return string.Create(CultureInfo.InvariantCulture, $"--cpus={plan.Cpus:0.###}");
        if (machine.Facts.Memory)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--memory={plan.MemoryBytes}");
            yield return string.Create(CultureInfo.InvariantCulture, $"--memory-swap={plan.MemoryBytes}");
        }

        if (machine.Facts.Processes)
            yield return string.Create(CultureInfo.InvariantCulture, $"--pids-limit={machine.Processes}");
        yield return string.Create(CultureInfo.InvariantCulture, $"--shm-size={plan.SharedBytes}");
        yield return "--ulimit=core=0:0";
        // A runtime's own default may be above what this machine allows, and then nothing starts.
        if (machine.MaxOpenFiles is { } files)
            yield return string.Create(CultureInfo.InvariantCulture, $"--ulimit=nofile={files}:{files}");
        var processes = Math.Min(machine.MaxProcesses ?? long.MaxValue, (long)machine.Processes * UsersShare);
        yield return string.Create(CultureInfo.InvariantCulture, $"--ulimit=nproc={processes}:{processes}");
    }

    /// <summary>Podman takes an entry point that begins with a bracket for a JSON array; so it always gets one.</summary>
    private static string Json(string entryPoint) => $"[\"{JsonEncodedText.Encode(entryPoint)}\"]";
}
