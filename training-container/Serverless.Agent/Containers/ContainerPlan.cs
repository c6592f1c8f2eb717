using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Containers;

/// <summary>What a job's container is, apart from whose commands make it. Pure.</summary>
internal sealed record ContainerPlan
{
    /// <summary>The label that says which attempt's folder a container works on: by it an agent finds what a killed one left.</summary>
    public const string AttemptLabel = "serverless.attempt";

    /// <summary>The label that says which job a container runs, for people who look.</summary>
    public const string JobLabel = "serverless.job";

    /// <summary>Memory that stays free for the system and the agent when the job asks for no amount: a program that takes everything must not take the agent with it.</summary>
    private const long ReservedBytes = 256L << 20;

    /// <summary>Less starts no program in practice (docker takes 6 MiB at the least).</summary>
    private const long LeastBytes = 16L << 20;

    private const string NoNetwork = "none";

    private const long LeastSharedBytes = 64L << 20;

    public required string Name { get; init; }

    /// <summary>The image's id on the node, which no later pull changes.</summary>
    public required string ImageId { get; init; }

    /// <summary>Stands in place of the image's entry point; null: the image's own.</summary>
    public required string? EntryPoint { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The program's variables beside the image's own.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Names of variables whose values are secrets: no command line has them.</summary>
    public required IReadOnlySet<string> Secret { get; init; }

    /// <summary>The file on the node with the variables that a runtime's client must not have as its own.</summary>
    public required string VariablesFile { get; init; }

    public required IReadOnlyList<ContainerMount> Mounts { get; init; }

    /// <summary>The working folder; null: the image's own.</summary>
    public required string? Folder { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required ContainerUser User { get; init; }

    public required bool WritableRoot { get; init; }

    /// <summary>The network's name; <c>none</c>: no network; null: the runtime's own.</summary>
    public required string? Network { get; init; }

    public required double Cpus { get; init; }

    public required long MemoryBytes { get; init; }

    /// <summary>Bytes of <c>/dev/shm</c>: they count as the container's memory. Data loaders of PyTorch pass batches through it.</summary>
    public long SharedBytes => Math.Min(MemoryBytes, Math.Max(LeastSharedBytes, MemoryBytes / 2));

    public required bool Gpus { get; init; }

    /// <summary>Decides.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="folder">Its folders, with code and inputs in them.</param>
    /// <param name="image">The image on the node.</param>
    /// <param name="machine">The machine.</param>
    public static ContainerPlan For(JobTicket ticket, AttemptFolder folder, ContainerImage image, ContainerMachine machine) => new()
    {
        Name = ContainerNames.Of(ticket.JobId, ticket.Epoch, folder.Root),
        ImageId = image.Id,
        EntryPoint = ticket.Command?.FirstOrDefault(),
        Arguments = [.. ticket.Algorithm is { } algorithm ? [algorithm] : (ticket.Command ?? []).Skip(1), .. ticket.Arguments],
        Environment = ContainerEnvironment.Build(ticket),
        Secret = ticket.Secrets.Keys.ToHashSet(StringComparer.Ordinal),
        VariablesFile = Path.Combine(folder.Root, "variables"),
        Mounts = MountsOf(ticket, folder),
        Folder = ticket.Code.Count > 0 ? ContainerPaths.Work : null,
        Labels = new Dictionary<string, string> { [AttemptLabel] = folder.Root, [JobLabel] = ticket.JobId },
        User = ContainerUser.For(machine.Agent.User, machine.Agent.Group),
        WritableRoot = ticket.WritableRoot,
        Network = ticket.Network == JobNetwork.None ? NoNetwork : machine.Network,
        Cpus = ticket.Resources.VCpus is > 0 and var asked && asked < machine.VCpus ? asked : machine.VCpus,
        MemoryBytes = Memory(ticket.Resources.MemoryBytes, machine.MemoryBytes),
        Gpus = ticket.Resources.Gpu is not null,
    };

    private static long Memory(long asked, long there) => asked > 0 ? Math.Clamp(asked, LeastBytes, Math.Max(there, LeastBytes)) : Math.Max(LeastBytes, there - ReservedBytes);

    /// <summary>The folders whose content the program may change, on the node.</summary>
    public IEnumerable<string> WritableFolders => Mounts.Where(mount => !mount.ReadOnly).Select(mount => mount.Source);

    private static ContainerMount[] MountsOf(JobTicket ticket, AttemptFolder folder) =>
    [
        new(folder.Work, ContainerPaths.Work),
        .. ticket.Inputs.Select(input => new ContainerMount(folder.PlaceOf(input), ContainerEnvironment.InputPath(input), ReadOnly: true)),
        new(folder.Model, ContainerPaths.Model),
        new(folder.Artifacts, ContainerPaths.Artifacts),
        new(folder.Checkpoint, ContainerPaths.Checkpoint),
        new(folder.Tensorboard, ContainerPaths.Tensorboard),
        new(folder.Metrics, ContainerPaths.Metrics),
        new(folder.Temporary, ContainerPaths.Temporary),
    ];
}
