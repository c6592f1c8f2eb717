using System.Globalization;
using Serverless.Agent.Clouds;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Options;

/// <summary>What an agent is started with: <c>--name value</c> each. Bounds have defaults that suit one machine.</summary>
internal sealed record AgentOptions
{
    public const string Usage =
        "Serverless.Agent --host URL --pool POOL --node ID|metadata --data FOLDER [--algorithms PATH] [--cache-bytes N] [--log-bytes N] [--give-up-seconds N] [--settle-ms N] "
        + "[--metadata URL|none] [--identity AUDIENCE] [--identity-client ID] [--container-runtime podman|docker|PATH] [--default-image NAME] [--container-network NAME] [--container-processes N] [--pull-seconds N], "
        + "with the node's token, if it has no --identity, in " + AgentProtocol.TokenVariable;

    /// <summary>Stands for the id that the machine's metadata makes.</summary>
    public const string NodeOfMachine = "metadata";

    private const long DefaultLogBytes = (64L << 20) - (64L << 10);

    public required Uri Host { get; init; }

    public required string Pool { get; init; }

    public required string NodeId { get; init; }

    public required string DataFolder { get; init; }

    public required string Token { get; init; }

    /// <summary>Where the machine's metadata service is; null: there is none, or it is not to be asked.</summary>
    public Uri? Metadata { get; init; }

    /// <summary>Whom tokens of the machine's managed identity are for, if that is the node's proof; null: <see cref="Token"/> is.</summary>
    public string? IdentityAudience { get; init; }

    /// <summary>Which of the machine's identities; null: the only one.</summary>
    public string? IdentityClient { get; init; }

    /// <summary>The cloud that this machine belongs to; null: none.</summary>
    public string? Cloud { get; init; }

    /// <summary>The built Serverless.Algorithms (dll or executable); null: this node runs own programs only.</summary>
    public string? Algorithms { get; init; }

    /// <summary>Most bytes of inputs that are kept for later jobs.</summary>
    public long CacheBytes { get; init; } = 20L << 30;

    /// <summary>Most bytes of one attempt's log; the rest is read and dropped. The default is 64 MiB less room for the agent's own last lines.</summary>
    public long LogBytes { get; init; } = DefaultLogBytes;

    /// <summary>How long an agent without a job tries to reach its host before it ends.</summary>
    public TimeSpan GiveUp { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a file must be unchanged before it is taken.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The container runtime's name or path; null: podman, else docker, whichever is there.</summary>
    public string? ContainerRuntime { get; init; }

    /// <summary>The image of jobs that name none; null: they run as processes, unless the node has a <see cref="IdentityAudience">machine's identity</see>.</summary>
    public string? DefaultImage { get; init; }

    /// <summary>Whether jobs run in containers only. A process could ask the machine's metadata address for the identity that the node proves itself with.</summary>
    public bool ContainersOnly => IdentityAudience is not null || DefaultImage is not null;

    /// <summary>The runtime's network for jobs that may use one; null: the runtime's own.</summary>
    public string? ContainerNetwork { get; init; }

    /// <summary>Most processes and threads of a container: enough for a machine's worth of data loaders, and an end to a fork bomb.</summary>
    public int ContainerProcesses { get; init; } = 4096;

    /// <summary>Longest pull of an image, tries included: 20 GB at 100 Mbit/s.</summary>
    public TimeSpan PullLimit { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="token">The node's token.</param>
    /// <param name="cloud">The cloud that this machine belongs to; null: none.</param>
    /// <param name="errors">All that is wrong.</param>
    /// <returns>Null when something is wrong.</returns>
    public static AgentOptions? Parse(IReadOnlyList<string> arguments, string? token, string? cloud, out IReadOnlyList<string> errors)
    {
        var found = new List<string>();
        errors = found;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Count)
                found.Add($"'{arguments[i]}' is not an option with a value.");
            else if (!values.TryAdd(arguments[i][2..], arguments[i + 1]))
                found.Add($"'{arguments[i]}' is given twice.");
        }

        string Required(string name)
        {
            if (values.Remove(name, out var value) && value.Length > 0)
                return value;
            found.Add($"--{name} is missing.");
            return "";
        }

        long Number(string name, long fallback, long low)
        {
            if (!values.Remove(name, out var text))
                return fallback;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= low)
                return number;
            found.Add($"--{name} '{text}' is not a whole number of at least {low}.");
            return fallback;
        }

        string? Text(string name) => values.Remove(name, out var value) && value.Length > 0 ? value : null;

        var hostText = Required("host");
        if (!Uri.TryCreate(hostText, UriKind.Absolute, out var host) || host.Scheme is not ("http" or "https"))
        {
            found.Add($"--host '{hostText}' is not an http or https address.");
            host = new Uri("http://invalid/");
        }

        var audience = Text("identity");
        var metadata = MetadataOf(Text("metadata"), cloud, found);
        if (string.IsNullOrEmpty(token) && audience is null)
            found.Add($"The variable {AgentProtocol.TokenVariable} is not set, and no --identity is given.");
        if (audience is not null && metadata is null)
            found.Add("--identity needs the machine's metadata service, and this machine has none: give --metadata URL.");
        var pool = Required("pool");
        var node = Required("node");
        var data = Required("data");
        values.Remove("algorithms", out var algorithms);
        var options = new AgentOptions
        {
            Host = host,
            Pool = pool,
            NodeId = node,
            DataFolder = data.Length == 0 ? "" : Path.GetFullPath(data),
            Token = token ?? "",
            Metadata = metadata,
            IdentityAudience = audience,
            IdentityClient = Text("identity-client"),
            Cloud = cloud,
            Algorithms = string.IsNullOrEmpty(algorithms) ? null : Path.GetFullPath(algorithms),
            CacheBytes = Number("cache-bytes", 20L << 30, 0),
            LogBytes = Number("log-bytes", DefaultLogBytes, 1024),
            GiveUp = TimeSpan.FromSeconds(Number("give-up-seconds", 60, 0)),
            ContainerRuntime = Text("container-runtime"),
            DefaultImage = Text("default-image"),
            ContainerNetwork = Text("container-network"),
            ContainerProcesses = (int)Math.Min(Number("container-processes", 4096, 1), int.MaxValue),
            PullLimit = TimeSpan.FromSeconds(Number("pull-seconds", 1800, 1)),
            Settle = TimeSpan.FromMilliseconds(Number("settle-ms", 500, 10)),
        };
        if (node == NodeOfMachine && metadata is null)
            found.Add($"--node {NodeOfMachine} needs the machine's metadata service, and this machine has none: give --metadata URL, or the node's id.");
        found.AddRange(values.Keys.Select(name => $"--{name} is not an option."));
        return found.Count == 0 ? options : null;
    }

    /// <summary>An Azure machine's own service unless another, or none, is named.</summary>
    private static Uri? MetadataOf(string? text, string? cloud, List<string> found)
    {
        if (text is null)
            return cloud == CloudMachine.Azure ? new Uri(CloudMachine.AzureMetadata) : null;
        if (text == "none")
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
            return address;
        found.Add($"--metadata '{text}' is neither an http address nor 'none'.");
        return null;
    }
}
