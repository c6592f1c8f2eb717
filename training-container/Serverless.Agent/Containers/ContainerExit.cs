using System.Globalization;
using Serverless.Agent.Programs;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Containers;

/// <summary>
/// Tells how a container ended. The runtime's client passes the program's exit code on, but has codes of its own (125: the runtime failed, 126: the program may not be
/// executed, 127: it is not there), which a program may use as well. So the container's state decides: what has started has an exit code of its own.
/// </summary>
internal static class ContainerExit
{
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
        if (state is not { Started: true })
            return (client, NotStarted(client, plan, state is { Error.Length: > 0 } ? state.Error : said));
        if (state.Running)
            return (client, new(JobReason.ContainerFailed, $"The container ran on when the runtime's client ended ({Words(client)}); it was killed. Look at the container runtime on the node, then submit the job again."));
        var end = new ProgramEnd(state.ExitCode, null);
        return (end, state.KilledForMemory && state.ExitCode != 0 ? new(JobReason.OutOfMemory, Memory(plan, memoryIsBounded)) : null);
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
            NotFound => new(JobReason.ProgramNotFound, $"{program} does not exist in the image.{told} Correct --command, or put the program into the image or the code (--code, where it is below '{ContainerPaths.Work}')."),
            MayNotExecute => new(JobReason.ProgramNotFound, $"{program} may not be executed in the image, or is for another machine.{told} Make it executable, name its interpreter in --command, or use an image for this kind of machine."),
            _ => new(JobReason.ContainerFailed, $"The container could not be started ({Words(client)}).{told}{Cure(words)}"),
        };
    }

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

    private static string Memory(ContainerPlan plan, bool memoryIsBounded) => memoryIsBounded
        ? string.Create(CultureInfo.InvariantCulture, $"The container was killed for memory: it may use {plan.MemoryBytes >> 20:N0} MiB. Use a smaller batch, or ask for more memory.")
        : "The container was killed for memory: the node has no more. Use a smaller batch, or a node with more memory.";

    private static bool Has(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Words(ProgramEnd end) => string.Create(CultureInfo.InvariantCulture, $"exit code {end.Code}");
}
