using System.Globalization;
using Serverless.Agent.Starting;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Containers;

/// <summary>
/// Tells how a container ended. The runtime's client passes the program's exit code on, but has codes of its own (125: the runtime failed, 126: the program may not be
/// executed, 127: it is not there), which a program may use as well. So the container's state decides: what has started has an exit code of its own, unless that was the container's init alone.
/// </summary>
internal static class ContainerExit
{
    private const int Killed = 137;
    private const int RuntimeFailed = 125;
    private const int MayNotExecute = 126;
    private const int NotFound = 127;

    /// <summary>Reads it.</summary>
    /// <param name="client">How the runtime's client ended.</param>
    /// <param name="state">The container's state after that; null: there is no container.</param>
    /// <param name="plan">What was asked for.</param>
    /// <param name="memoryIsBounded">Whether the runtime could bound its memory.</param>
    /// <param name="said">The last line that the client said; null: none.</param>
    /// <returns>The program's end, and what is to be said about it beside the code.</returns>
    public static (ProgramEnd End, ContainerTrouble? Trouble) Read(ProgramEnd client, ContainerState? state, ContainerPlan plan, bool memoryIsBounded, string? said)
    {
        // Nothing is known of it, but the client's own codes begin here.
        if (state is null && client.Code < RuntimeFailed)
            return (client, null);
        if (state is not { Started: true })
            return (client, NotStarted(client, plan, state is { Error.Length: > 0 } ? state.Error : said));
        if (state.Running)
            return (client, new(JobReason.ContainerFailed, $"The container ran on when the runtime's client ended ({Words(client)}); it was killed. Look at the container runtime on the node, then submit the job again."));
        var end = new ProgramEnd(state.ExitCode, null);
        if (IsOfTheInit(said, state.ExitCode))
            return (end, NotStarted(new ProgramEnd(Has(said!, "no such file") ? NotFound : MayNotExecute, null), plan, said));
        // Not every runtime notices why a process was killed; who else but the platform would do it here?
        return (end, (state.KilledForMemory && state.ExitCode != 0) || state.ExitCode == Killed ? new(JobReason.OutOfMemory, Memory(state, plan, memoryIsBounded)) : null);
    }

    /// <summary>The runtime's own last word among the last lines of a log.</summary>
    public static string? LastWord(IReadOnlyList<string> tail) =>
        tail.LastOrDefault(line => line.StartsWith("Error", StringComparison.OrdinalIgnoreCase) || line.StartsWith("docker: ", StringComparison.Ordinal)) ?? tail.LastOrDefault();

    private static ContainerTrouble NotStarted(ProgramEnd client, ContainerPlan plan, string? words)
    {
        var told = string.IsNullOrWhiteSpace(words) ? "" : $" The runtime says: {words.Trim()}";
        var program = plan.EntryPoint is { } entryPoint ? $"The program '{entryPoint}'" : "The entry point of the image";
        return client.Code switch
        {
            NotFound when IsAboutTheProgram(words) => new(JobReason.ProgramNotFound, $"{program} does not exist in the image.{told} Correct --command, or put the program into the image or the code (--code, where it is below '{ContainerPaths.Work}')."),
            MayNotExecute when IsAboutTheProgram(words) => new(JobReason.ProgramNotFound, $"{program} may not be executed in the image, or is for another machine.{told} Make it executable, name its interpreter in --command, or use an image for this kind of machine."),
            _ => new(JobReason.ContainerFailed, $"The container could not be started ({Words(client)}).{told}{Cure(words)}"),
        };
    }

    /// <summary>The container's own init (catatonit of podman, tini of docker) has started where the program could not; it ends with a code of its own.</summary>
    private static bool IsOfTheInit(string? said, int code) => code is 1 or MayNotExecute or NotFound && said is not null
        && ((said.StartsWith("ERROR (catatonit:", StringComparison.Ordinal) && Has(said, "failed to exec pid1:"))
            || (said.StartsWith("[FATAL tini (", StringComparison.Ordinal) && Has(said, "] exec ") && Has(said, " failed: ")));

    /// <summary>Podman makes 126 and 127 of every "permission denied" and "no such file" of the system, also when it is about something else than the program.</summary>
    private static bool IsAboutTheProgram(string? words) => words is null || Has(words, "exec") || Has(words, "no such file");

    /// <summary>The failures that have a cure of their own.</summary>
    private static string Cure(string? words) => words switch
    {
        null => " Look at the container runtime on the node.",
        _ when Has(words, "nvidia") || Has(words, "device driver") || Has(words, "CDI") => " Install NVIDIA's container toolkit on the node, or ask for no GPU.",
        _ when Has(words, "no space left") => " Free space on the node, or use one with a larger disk.",
        _ when Has(words, "network") && Has(words, "not found") => " Make the network that --container-network names, or start the agent with another.",
        _ when Has(words, "cgroup") => " The node's control groups cannot bound this container: hand them to the agent's user (Delegate=yes), or use a runtime that runs as root.",
        _ => " Look at the container runtime on the node.",
    };

    private static string Memory(ContainerState state, ContainerPlan plan, bool memoryIsBounded)
    {
        var fact = state.KilledForMemory ? "The container was killed for memory" : "The program was killed (exit code 137), and not by the platform: very likely for memory";
        return memoryIsBounded
            ? string.Create(CultureInfo.InvariantCulture, $"{fact}; it may use {plan.MemoryBytes >> 20:N0} MiB. Use a smaller batch, or ask for more memory (--memory).")
            : $"{fact}; the node has no more. Use a smaller batch, or a node with more memory.";
    }

    private static bool Has(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Words(ProgramEnd end) => string.Create(CultureInfo.InvariantCulture, $"exit code {end.Code}");
}
