using Serverless.Contracts.Problems;

namespace Serverless.Core.Failures;

/// <summary>A failure that carries what its catcher needs: a code, whether a retry helps, the cure, and the errors of an input.</summary>
/// <param name="code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="message">What failed, with the value and the limit. No secrets.</param>
/// <param name="cure">What to do about it.</param>
/// <param name="retryable">Whether the same call may succeed later without a change.</param>
/// <param name="errors">All errors of the input, when it is about input.</param>
/// <param name="inner">What caused it.</param>
public class ServerlessException(
    string code,
    string message,
    string? cure = null,
    bool retryable = false,
    IReadOnlyList<FieldError>? errors = null,
    Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ProblemCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>What to do about it.</summary>
    public string? Cure { get; } = cure;

    /// <summary>Whether the same call may succeed later without a change.</summary>
    public bool Retryable { get; } = retryable;

    /// <summary>All errors of the input; empty when it is not about input.</summary>
    public IReadOnlyList<FieldError> Errors { get; } = errors ?? [];
}
