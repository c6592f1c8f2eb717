using System.Globalization;
using Serverless.Contracts.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Unix;

namespace Serverless.Infra.Local.Compute;

public sealed partial class ProcessComputePool
{
    /// <summary>How long the output of an agent that has ended is waited for: it is in the pipe already.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>Looks once for the nodes that an earlier host has left: living ones are taken over, the records of the others are closed.</summary>
    public Task RecoverAsync(CancellationToken cancel)
    {
        lock (processes)
        {
            if (recovery is null or { IsFaulted: true } or { IsCanceled: true })
                recovery = FindLeftNodesAsync();
            return recovery.WaitAsync(cancel);
        }
    }

    private async Task FindLeftNodesAsync()
    {
        Directory.CreateDirectory(options.NodesFolder);
        NodeLog.Prune(options.NodesFolder, options.MaxLogs);
        foreach (var file in NodeFile.ReadAll(options.NodesFolder).Where(file => !processes.ContainsKey(file.NodeId)))
        {
            if (Locate(file) is { } found)
            {
                LogFound(found.NodeId, options.Pool.Name, found.ProcessId!.Value);
                Watch(new NodeProcess(options.Pool.Name, found, child: null, Task.CompletedTask));
            }
            else
            {
                if (file is { ProcessId: { } left, Identity: { } identity })
                    await ProcessTree.KillAsync(left, identity, clock, stopped.Token);
                NodeFile.Remove(options.NodesFolder, file.NodeId);
            }
        }

        await CloseRecordsAsync();
        if (!processes.IsEmpty)
            _ = EndStrangersAsync();
    }

    /// <summary>Records without a process become Gone; old ones are removed, so that they do not pile up.</summary>
    private async Task CloseRecordsAsync()
    {
        var old = clock.GetUtcNow() - options.KeepRecords;
        await foreach (var record in nodes.AllAsync(new Dictionary<string, string> { ["pool"] = options.Pool.Name }, stopped.Token))
        {
            if (record.Status == NodeStatus.Gone && record.CreatedAt < old)
                await nodes.DeleteAsync(record.Id, stopped.Token);
            else if (record.Status != NodeStatus.Gone && !processes.ContainsKey(record.Id))
                await ForgetAsync(record.Id);
        }
    }

    /// <summary>The file of a node that lives; null when it does not. One whose host was killed between start and note is found by its arguments.</summary>
    private static NodeFile? Locate(NodeFile file)
    {
        if (file is { ProcessId: { } known, Identity: not null })
            return ProcessIdentity.Of(known) == file.Identity ? file : null;
        return ProcessTable.IsHere && ProcessTable.WithArguments("--node", file.NodeId) is { } found && ProcessIdentity.Of(found) is { } identity
            ? file with { ProcessId = found, Identity = identity }
            : null;
    }

    /// <summary>Nodes that an earlier host started go on working when this host answers at the same address; others would never find it.</summary>
    private async Task EndStrangersAsync()
    {
        var left = processes.Values.ToList();
        try
        {
            var here = (await address.GetAsync(stopped.Token)).ToString();
            foreach (var node in left.Where(node => node.File.HostUrl != here))
            {
                LogStranger(node.File.NodeId, node.File.HostUrl, here);
                await EndAsync(node, stopped.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops, which ends all nodes by itself.
        }
        catch (ServerlessException failed)
        {
            LogTrouble("ending the nodes of an earlier host", failed);
        }
    }

    private void Watch(NodeProcess node)
    {
        processes[node.File.NodeId] = node;
        _ = WatchAsync(node);
    }

    private async Task WatchAsync(NodeProcess node)
    {
        var id = node.File.NodeId;
        try
        {
            var code = await node.ExitAsync(options.Look, clock, CancellationToken.None);
            if (!await node.KillAsync(clock, CancellationToken.None))
                LogLeft(id);
            await node.Output.WaitAsync(LastWords, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            LogEnded(id, code);
            await JudgeAsync(node, code);
        }
        catch (Exception failed)
        {
            LogTrouble("watching a node", failed);
        }
        finally
        {
            processes.TryRemove(id, out _);
            NodeFile.Remove(options.NodesFolder, id);
            await ForgetAsync(id);
            node.Close();
        }
    }

    private async Task JudgeAsync(NodeProcess node, int? code)
    {
        var id = node.File.NodeId;
        var spoke = await nodes.FindAsync(id, CancellationToken.None) is { Status: not NodeStatus.Starting };
        if (spoke)
            backoff.Succeeded();
        else if (code is not (null or 0) && !node.IsEnding)
            backoff.Failed(string.Create(CultureInfo.InvariantCulture, $"the agent of '{id}' ended with code {code} before its first word: {NodeLog.Tail(Path.Combine(options.NodesFolder, id + ".log"), 5)}"));
    }

    /// <summary>The node is gone and its token proves nothing any more. A failure here is put right by the next host's start, or by the sweep of nodes.</summary>
    private async Task ForgetAsync(string id)
    {
        try
        {
            await nodes.UpdateAsync(
                id,
                there => there is { Status: NodeStatus.Gone, TokenSha256: null } ? there : there with { Status = NodeStatus.Gone, TokenSha256 = null },
                CancellationToken.None);
        }
        catch (ServerlessException failed)
        {
            LogTrouble("closing a node's record", failed);
        }
    }
}
