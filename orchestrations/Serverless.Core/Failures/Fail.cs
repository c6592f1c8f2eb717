using Serverless.Contracts.Problems;

namespace Serverless.Core.Failures;

/// <summary>Makes the failures that many features have in the same words.</summary>
public static class Fail
{
    /// <summary>An input with errors.</summary>
    /// <param name="errors">All of them; at least one.</param>
    public static ServerlessException Invalid(IReadOnlyList<FieldError> errors) =>
        new(ProblemCodes.Invalid,
            errors.Count == 1 ? errors[0].Message : $"The input has {errors.Count} errors: {string.Join(" ", errors.Select(e => e.Message))}",
            errors.Count == 1 ? errors[0].Cure : "Correct each of the errors that are listed.",
            errors: errors);

    /// <summary>An input with one error.</summary>
    public static ServerlessException Invalid(string path, string message, string cure) => Invalid([new FieldError(path, message, cure)]);

    /// <summary>A thing that does not exist.</summary>
    /// <param name="what">Its kind, such as <c>job</c>.</param>
    /// <param name="id">The id that was asked for.</param>
    /// <param name="cure">How to find the right one.</param>
    public static ServerlessException NotFound(string what, string id, string cure) =>
        new(ProblemCodes.NotFound, $"There is no {what} '{id}'.", cure);

    /// <summary>A change that the thing's state does not allow, or that lost against another change.</summary>
    public static ServerlessException Conflict(string message, string cure, bool retryable = false) =>
        new(ProblemCodes.Conflict, message, cure, retryable);

    /// <summary>A message from an agent whose claim is over.</summary>
    public static ServerlessException StaleEpoch(string jobId, int epoch, int current) =>
        new(ProblemCodes.StaleEpoch, $"The claim {epoch} of job '{jobId}' is over; the job is at claim {current}.", "Stop the program and claim again.");
}
