using System.Text.Json;

namespace Serverless.Agent.Containers;

/// <summary>The container of one attempt: whatever happens to it, it is gone in the end. Every step may be repeated.</summary>
internal sealed class JobContainer(ContainerPlan plan, ContainerRuntimeKind kind, RuntimeClient client, bool memoryIsBounded, TimeProvider clock)
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(10);
    private const int MaxLooks = 60;
    private int looks;

    public ContainerPlan Plan => plan;

    public RuntimeClient Client => client;

    /// <summary>Whether the runtime can bound its memory.</summary>
    public bool MemoryIsBounded => memoryIsBounded;

    /// <summary>Its first process on the node, where a daemon started it; 0: not known, or a descendant of the agent.</summary>
    public int Process { get; private set; }

    /// <summary>Looks once for its first process, unless it is known: a checkpoint waits for the program's open files, and the processes of a daemon's container are not below the agent.</summary>
    public async Task FindProcessAsync(CancellationToken cancel)
    {
        if (kind == ContainerRuntimeKind.Docker && Process == 0 && looks++ < MaxLooks)
            Process = (await LookAsync(cancel))?.Process ?? 0;
    }

    /// <summary>Ends it: kills what still runs, removes it.</summary>
    /// <param name="clientExited">Completes when the client that waits for it has ended.</param>
    /// <returns>Its state before; null: there was none.</returns>
    public async Task<ContainerState?> EndAsync(Task clientExited)
    {
        var state = await LookAsync(CancellationToken.None);
        if (state is { Running: true } || !clientExited.IsCompleted)
        {
            var hadExited = clientExited.IsCompleted;
            await TryAsync(ContainerArguments.Signal(plan.Name, "KILL"));
            await Task.WhenAny(clientExited, Task.Delay(ExitLimit, clock, CancellationToken.None));
            // A client that had gone before its container is told from one that we have just ended.
            state = hadExited ? state : await LookAsync(CancellationToken.None) ?? state;
        }

        await TryAsync(ContainerArguments.Remove(plan.Name));
        return state;
    }

    /// <summary>Removes it, if it is there: before a start, so that the name is free, and after everything.</summary>
    public Task RemoveAsync() => TryAsync(ContainerArguments.Remove(plan.Name));

    private async Task<ContainerState?> LookAsync(CancellationToken cancel)
    {
        try
        {
            var result = await client.RunAsync(ContainerArguments.Inspect(plan.Name), CommandLimit, cancel);
            return result.Succeeded ? ContainerState.Parse(result.Output) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null;
        }
    }

    private async Task TryAsync(IReadOnlyList<string> command)
    {
        try
        {
            await client.RunAsync(command, CommandLimit, CancellationToken.None);
        }
        catch (IOException)
        {
            // The runtime's client is gone from the machine; the next agent finds the container by its label.
        }
    }
}
