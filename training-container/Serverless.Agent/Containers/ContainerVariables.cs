namespace Serverless.Agent.Containers;

/// <summary>
/// How each of a program's variables reaches its container. A command line can be read by every user of the machine, so values go by the environment of the runtime's client
/// (<c>--env NAME</c>); but some names the client, the loader or Go would take for their own: those go by a file that only the agent's user can read.
/// </summary>
internal static class ContainerVariables
{
    private static readonly string[] Steering =
    [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMP", "TEMP", "LD_", "GODEBUG", "GOMAXPROCS", "GOGC", "GOMEMLIMIT", "GOTRACEBACK", "GOROOT", "XDG_", "DBUS_", "DOCKER_", "BUILDKIT_", "COMPOSE_",
        "CONTAINER", "PODMAN_", "BUILDAH_", "STORAGE_", "REGISTRY_", "NOTIFY_", "LISTEN_", "SSL_CERT_", "SSH_", "GPG_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "FTP_PROXY", "_", "LANG", "LC_",
        "TZ", "NO_COLOR", "OTEL_", "MOBY_", "OCI_", "CNI_", "NETAVARK_", "CRUN_", "RUNC_",
    ];

    /// <summary>Those that the client's environment carries.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ByClient(ContainerPlan plan) => plan.Environment.Where(pair => !IsSteering(pair.Key));

    /// <summary>Those that the file carries: one line each.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ByFile(ContainerPlan plan) => plan.Environment.Where(pair => IsSteering(pair.Key) && IsOneLine(pair.Value));

    /// <summary>Those that neither can carry: a value of several lines under a steering name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ByCommandLine(ContainerPlan plan) => plan.Environment.Where(pair => IsSteering(pair.Key) && !IsOneLine(pair.Value));

    /// <summary>Why a container cannot be given what it should have; null when it can.</summary>
    public static string? Problem(ContainerPlan plan)
    {
        if (plan.Arguments.Append(plan.EntryPoint ?? "").Concat(plan.Environment.Values).Any(word => word.Contains('\0')))
            return "The program cannot be started: an argument or a variable has the character NUL, which no system can pass. Remove it.";
        return ByCommandLine(plan).Select(pair => pair.Key).FirstOrDefault(plan.Secret.Contains) is { } name
            ? $"The program cannot be started: the secret variable '{name}' has several lines, and a name that container runtimes read themselves; it could only be passed where others can read it. Give it another name."
            : null;
    }

    private static bool IsOneLine(string value) => !value.Any(char.IsControl);

    private static bool IsSteering(string name) => Steering.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
