namespace Serverless.Contracts.Problems;

/// <summary>An error over HTTP, as RFC 9457 has it (<c>application/problem+json</c>), with our code and the cure.</summary>
public sealed record Problem
{
    /// <summary>A URI reference that names the kind of problem: <c>urn:serverless:problem:{code}</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The kind of problem in a few words; the same for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened here: what failed, which value, which limit.</summary>
    public string? Detail { get; init; }

    /// <summary>A stable name for programs, such as <c>job_not_found</c>; see <see cref="ProblemCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Cure { get; init; }

    /// <summary>Whether the same request may succeed later without a change.</summary>
    public bool Retryable { get; init; }

    /// <summary>Every error of the input, all at once.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The id under which the host's log has this request.</summary>
    public string? TraceId { get; init; }
}
