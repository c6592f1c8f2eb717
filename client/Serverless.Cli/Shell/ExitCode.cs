using Serverless.Client.Errors;

namespace Serverless.Cli.Shell;

/// <summary>What the process says to the shell that started it. Part of the interface: see <c>docs/cli.md</c>.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked for is done.</summary>
    public const int Ok = 0;

    /// <summary>The job, the deployment, the demo, or the host itself failed.</summary>
    public const int Failed = 1;

    /// <summary>The command or its input is wrong.</summary>
    public const int Usage = 2;

    /// <summary>No such thing.</summary>
    public const int NotFound = 3;

    /// <summary>No key, or one that does not reach this far.</summary>
    public const int Denied = 4;

    /// <summary>No host answers, or it cannot do its work now.</summary>
    public const int Unreachable = 5;

    /// <summary>The thing is in a state that does not allow this.</summary>
    public const int Conflict = 6;

    /// <summary>Ctrl-C or SIGTERM: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code for a refusal.</summary>
    public static int Of(ServerlessApiException refusal) => refusal.Status switch
    {
        400 or 405 or 413 or 415 or 421 or 422 => Usage,
        401 or 403 => Denied,
        404 => NotFound,
        409 or 412 => Conflict,
        429 or 502 or 503 or 504 => Unreachable,
        _ => Failed,
    };
}
