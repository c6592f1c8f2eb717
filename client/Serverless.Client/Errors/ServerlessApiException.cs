using System.Text;
using Serverless.Contracts.Problems;

namespace Serverless.Client.Errors;

/// <summary>The host refused a request. The message has what failed, every error of the input, and the cure.</summary>
/// <param name="problem">What the host said.</param>
public sealed class ServerlessApiException(Problem problem) : Exception(Say(problem))
{
    /// <summary>The whole problem document.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>The kind of problem; see <see cref="ProblemCodes"/>.</summary>
    public string Code => Problem.Code;

    /// <summary>The HTTP status.</summary>
    public int Status => Problem.Status;

    /// <summary>What to do about it; null when the host did not say.</summary>
    public string? Cure => Problem.Cure;

    /// <summary>Every error of the input.</summary>
    public IReadOnlyList<FieldError> Errors => Problem.Errors ?? [];

    /// <summary>Whether the same request may succeed later without a change.</summary>
    public bool Retryable => Problem.Retryable;

    private static string Say(Problem problem)
    {
        var text = new StringBuilder(problem.Detail ?? problem.Title);
        foreach (var error in problem.Errors ?? [])
            text.Append('\n').Append(error.Path).Append(": ").Append(error.Message).Append(' ').Append(error.Cure);
        if (problem.Cure is { Length: > 0 } cure)
            text.Append('\n').Append(cure);
        return text.ToString();
    }
}
