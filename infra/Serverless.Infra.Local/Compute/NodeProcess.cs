using System.Diagnostics;
using Serverless.Core.Compute;
using Serverless.Infra.Local.Unix;

namespace Serverless.Infra.Local.Compute;

/// <summary>One node's process: started by this host, or by an earlier one and found again.</summary>
internal sealed class NodeProcess
{
    private readonly string pool;
    private readonly Process? child;
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isEnding;

    public NodeProcess(string pool, NodeFile file, Process? child, Task output)
    {
        this.pool = pool;
        File = file;
        this.child = child;
        Output = output;
    }

    public NodeFile File { get; }

    /// <summary>Ends when all that the agent printed is in its log.</summary>
    public Task Output { get; }

    public int ProcessId => File.ProcessId!.Value;

    public string Identity => File.Identity!;

    /// <summary>Whether its end was asked for: it takes no further work into account.</summary>
    public bool IsEnding => isEnding;

    /// <summary>Ends when the node is gone and everybody knows.</summary>
    public Task Gone => gone.Task;

    public ComputeNode Node => new(File.NodeId, pool, File.Size, isEnding ? ComputeNodeState.Deleting : ComputeNodeState.Running, File.CreatedAt);

    /// <summary>Waits for the process's end.</summary>
    /// <returns>Its exit code; null when it was not our child.</returns>
    public async Task<int?> ExitAsync(TimeSpan look, TimeProvider clock, CancellationToken cancel)
    {
        if (child is not null)
        {
            await child.WaitForExitAsync(cancel);
            return child.ExitCode;
        }

        while (ProcessIdentity.Of(ProcessId) == Identity)
            await Task.Delay(look, clock, cancel);
        return null;
    }

    /// <summary>Everybody knows that it is gone.</summary>
    public void Close()
    {
        child?.Dispose();
        gone.TrySetResult();
    }

    /// <summary>Asks the process to end.</summary>
    public void Terminate()
    {
        isEnding = true;
        ProcessTree.Terminate(ProcessId, Identity);
    }

    /// <summary>Kills the process and all that came from it.</summary>
    public Task<bool> KillAsync(TimeProvider clock, CancellationToken cancel) => ProcessTree.KillAsync(ProcessId, Identity, clock, cancel);
}
