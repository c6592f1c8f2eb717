using Serverless.Contracts.Problems;

namespace Serverless.Cli.Shell;

/// <summary>Ends a command with words and an exit code.</summary>
/// <param name="exitCode">The exit code.</param>
/// <param name="code">A stable name for programs, such as <c>usage</c>.</param>
/// <param name="message">What failed, the value, the limit.</param>
/// <param name="cure">What to do about it.</param>
internal sealed class CliException(int exitCode, string code, string message, string? cure = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string Code { get; } = code;

    public string? Cure { get; } = cure;

    /// <summary>Every error, when there are several.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>The command's input is wrong.</summary>
    public static CliException Usage(string message, string? cure = null) => new(Shell.ExitCode.Usage, "usage", message, cure);

    /// <summary>The command's input is wrong in several ways, all of which are said.</summary>
    public static CliException Usage(IReadOnlyList<FieldError> errors) => errors.Count == 1
        ? Usage($"{errors[0].Path}: {errors[0].Message}", errors[0].Cure)
        : new CliException(Shell.ExitCode.Usage, "usage", $"The command has {errors.Count} errors.") { Errors = errors };

    /// <summary>What was to happen did not.</summary>
    public static CliException Failed(string message, string? cure = null) => new(Shell.ExitCode.Failed, "failed", message, cure);
}
