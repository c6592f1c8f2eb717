using System.Text.Json;
using Serverless.Agent.Logs;
using Serverless.Agent.Options;
using Serverless.Agent.Starting;
using Serverless.Agent.Unix;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Containers;

/// <summary>What runs containers on this node: found at the first job that needs it, then kept.</summary>
internal sealed class ContainerHost(AgentOptions options, NodeLog log, TimeProvider clock)
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(30);
    private (RuntimeProgram Runtime, RuntimeClient Client, RuntimeFacts Facts)? found;

    /// <summary>Brings the image of a job.</summary>
    /// <exception cref="StagingFailure">It cannot be had, or this node runs no containers.</exception>
    public async Task<ContainerImage> BringImageAsync(JobTicket ticket, Action<string> note, CancellationToken cancel)
    {
        var (runtime, client, _) = await FindAsync(cancel);
        var image = await new ImageStore(runtime.Kind, client, options.PullLimit, clock).BringAsync(ticket.Image!, note, cancel);
        return image.HasEntryPoint || ticket.Command is { Count: > 0 }
            ? image
            : throw new StagingFailure($"The image '{ticket.Image}' says nothing of what to run. Give --command, or build the image with an ENTRYPOINT.", JobReason.ProgramNotFound);
    }

    /// <summary>Makes the container's command line, and the folders ready for its user. Nothing runs yet but the removal of a container of the same name.</summary>
    /// <exception cref="StagingFailure">The job may not run in a container here.</exception>
    public async Task<(JobContainer Container, ProgramStart Start)> PrepareAsync(JobTicket ticket, AttemptFolder folder, ContainerImage image, CancellationToken cancel)
    {
        var (runtime, client, facts) = await FindAsync(cancel);
        var (files, processes) = ResourceLimits.Read();
        var machine = new ContainerMachine
        {
            Kind = runtime.Kind,
            Facts = facts,
            Agent = (Libc.User(), Libc.Group()),
            VCpus = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            MaxOpenFiles = files,
            MaxProcesses = processes,
            Processes = options.ContainerProcesses,
            Network = NetworkOf(ticket),
        };
        var plan = ContainerPlan.For(ticket, folder, image, machine);
        if (ContainerVariables.Problem(plan) is { } problem)
            throw new StagingFailure(problem, JobReason.ProgramNotFound);
        var container = new JobContainer(plan, runtime.Kind, client, facts.Memory, clock);
        await container.RemoveAsync();
        FolderOwner.Give(plan, machine.Agent.User);
        WriteVariables(plan);
        var variables = new Dictionary<string, string>(client.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in ContainerVariables.ByClient(plan))
            variables[name] = value;
        return (container, new ProgramStart(runtime.Path, ContainerArguments.Run(plan, machine), variables, "/"));
    }

    private static void WriteVariables(ContainerPlan plan)
    {
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var writer = new StreamWriter(plan.VariablesFile, file);
        foreach (var (name, value) in ContainerVariables.ByFile(plan))
            writer.Write($"{name}={value}\n");
    }

    /// <summary>Removes the containers, then the folders, that agents which were killed have left on this disk.</summary>
    public async Task RemoveOrphansAsync(CancellationToken cancel)
    {
        var folders = AttemptFolder.Orphans(options.DataFolder);
        if (folders.Count > 0)
            await RemoveContainersAsync(cancel);
        foreach (var folder in folders)
            AttemptFolder.Remove(folder);
    }

    private async Task RemoveContainersAsync(CancellationToken cancel)
    {
        try
        {
            var (_, client, _) = await FindAsync(cancel);
            foreach (var id in (await client.RunAsync(ContainerArguments.Attempts(), AskLimit, cancel)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var inspected = await client.RunAsync(ContainerArguments.Inspect(id), AskLimit, cancel);
                if (!inspected.Succeeded || ContainerState.Parse(inspected.Output).Attempt is not { } root || !AttemptFolder.IsAttempt(options.DataFolder, root) || AttemptFolder.IsHeld(root))
                    continue;
                await client.RunAsync(ContainerArguments.Signal(id, "KILL"), AskLimit, cancel);
                await client.RunAsync(ContainerArguments.Remove(id), AskLimit, cancel);
                log.OrphanRemoved(id, root);
            }
        }
        catch (StagingFailure)
        {
            // A node without a container runtime has no containers.
        }
        catch (Exception trouble) when (trouble is IOException or JsonException)
        {
            log.Trouble("Containers of an agent that was killed could not be looked for", trouble);
        }
    }

    /// <summary>The network of jobs that may use one. On a cloud's machine it must be one that keeps programs from the metadata address, where they could take the machine's identity.</summary>
    /// <exception cref="StagingFailure">There is no such network.</exception>
    private string? NetworkOf(JobTicket ticket) => options.ContainerNetwork is null && options.Cloud is { } cloud && ticket.Network != JobNetwork.None
        ? throw new StagingFailure(
            $"This node is a machine of {cloud}, and nothing is said to keep a container from the machine's metadata address, where it could take the machine's identity. Start the agent with --container-network NAME, a network whose traffic to 169.254.169.254 is dropped, or submit the job with --network none.",
            JobReason.ContainerFailed)
        : options.ContainerNetwork;

    private async Task<(RuntimeProgram Runtime, RuntimeClient Client, RuntimeFacts Facts)> FindAsync(CancellationToken cancel)
    {
        if (found is { } known)
            return known;
        var variables = ProgramEnvironment.OfMachine();
        variables.TryGetValue("PATH", out var path);
        string? why = null;
        foreach (var candidate in RuntimeSearch.Candidates(options.ContainerRuntime, path))
        {
            var client = new RuntimeClient(candidate, variables, clock);
            try
            {
                var version = await client.RunAsync(["--version"], AskLimit, cancel);
                if (RuntimeSearch.Of(candidate, version.Output) is not { } runtime)
                {
                    why ??= $"'{candidate}' says that it is '{version.Words}', which is neither podman nor docker.";
                    continue;
                }

                var info = await client.RunAsync(ContainerArguments.Info(runtime.Kind), AskLimit, cancel);
                if (Read(runtime, info, out var problem) is { } facts)
                {
                    log.RuntimeFound(runtime.Version, candidate);
                    found = (runtime, client, facts);
                    return found.Value;
                }

                why ??= $"'{candidate}' does not work: {problem}";
            }
            catch (IOException broken)
            {
                why ??= broken.Message;
            }
        }

        throw new StagingFailure(
            $"The job wants a container, and this node cannot run one: {why ?? $"{options.ContainerRuntime ?? "neither podman nor docker"} is not there."} Install podman, let the agent's user use docker, or submit the job to a pool whose nodes run containers.",
            JobReason.ImageUnavailable);
    }

    private static RuntimeFacts? Read(RuntimeProgram runtime, CommandResult info, out string? problem)
    {
        problem = info.Code is null ? FormattableString.Invariant($"it did not answer within {AskLimit.TotalSeconds:0} s.") : info.Words;
        try
        {
            if (info.Code is null || info.Output.Trim().Length == 0 || (!info.Succeeded && runtime.Kind == ContainerRuntimeKind.Podman))
                return null;
            if (runtime.Kind == ContainerRuntimeKind.Podman)
                return RuntimeFacts.OfPodman(info.Output, RuntimeSearch.HasPodmanInit());
            var facts = RuntimeFacts.OfDocker(info.Output, out var daemon);
            problem = daemon ?? problem;
            return daemon is null && info.Succeeded ? facts : null;
        }
        catch (JsonException unreadable)
        {
            problem = $"what it says of itself cannot be read ({unreadable.Message})";
            return null;
        }
    }
}
