using Serverless.Client.Errors;
using Serverless.Contracts.Problems;

namespace Serverless.Cli.Shell;

/// <summary>A failure as <c>--output json</c> writes it: one line, the last on stderr.</summary>
/// <param name="Code">A stable name: a problem's code, or <c>usage</c>, <c>failed</c>, <c>unreachable</c>, <c>interrupted</c>, <c>internal</c>.</param>
/// <param name="Message">What failed.</param>
/// <param name="Cure">What to do about it.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Errors">Every error of the input.</param>
internal sealed record CliError(string Code, string Message, string? Cure, int ExitCode, IReadOnlyList<FieldError>? Errors = null)
{
    /// <summary>The failure that an exception stands for.</summary>
    public static CliError Of(Exception e, bool interrupted) => e switch
    {
        _ when interrupted => new("interrupted", "Interrupted.", null, Shell.ExitCode.Interrupted),
        CliException c => new(c.Code, c.Message, c.Cure, c.ExitCode, c.Errors),
        ServerlessApiException api => new(api.Code, api.Problem.Detail ?? api.Problem.Title, api.Cure ?? CureOf(api), Shell.ExitCode.Of(api), api.Errors),
        HostUnreachableException => new("unreachable", e.Message, null, Shell.ExitCode.Unreachable),
        UploadException or ArgumentException => new("usage", e.Message, null, Shell.ExitCode.Usage),
        _ => new("internal", $"{e.GetType().Name}: {e.Message}", "This is our fault. Please report it with what you typed.", Shell.ExitCode.Failed),
    };

    private static string? CureOf(ServerlessApiException refusal) => refusal.Status == 401
        ? "Set SERVERLESS_KEY to the host's key; a local host keeps its own in keys/admin.key of its data folder."
        : null;
}
