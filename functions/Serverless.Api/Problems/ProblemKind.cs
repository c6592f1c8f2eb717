using Serverless.Contracts.Problems;

namespace Serverless.Api.Problems;

/// <summary>The status and the title of each problem code.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same words for every occurrence.</param>
internal readonly record struct ProblemKind(int Status, string Title)
{
    /// <summary>The kind of a code; one that is not known is our fault.</summary>
    public static ProblemKind Of(string code) => code switch
    {
        ProblemCodes.Invalid => new(400, "The input has errors"),
        ProblemCodes.Unauthenticated => new(401, "Who calls is not known"),
        ProblemCodes.Forbidden => new(403, "The caller may not do this"),
        ProblemCodes.NotFound => new(404, "There is no such thing"),
        ProblemCodes.MethodNotAllowed => new(405, "The path does not have this method"),
        ProblemCodes.Conflict => new(409, "The state of things does not allow this"),
        ProblemCodes.NoQuota => new(409, "The provider's quota does not reach"),
        ProblemCodes.NoCapacity => new(409, "The provider has no such machine"),
        ProblemCodes.OverBudget => new(409, "It could cost too much"),
        ProblemCodes.StaleEpoch => new(409, "The claim is over"),
        ProblemCodes.TooLarge => new(413, "The body is too large"),
        ProblemCodes.UnsupportedMediaType => new(415, "The body is of a type that is not read here"),
        ProblemCodes.RangeInvalid => new(416, "The range is not in the file"),
        ProblemCodes.ForeignHost => new(421, "The request is for another host"),
        ProblemCodes.HashMismatch => new(422, "The content is not what was announced"),
        ProblemCodes.ModelInvalid => new(422, "The model cannot be used"),
        ProblemCodes.Busy => new(429, "Too much at once"),
        ProblemCodes.Unavailable => new(503, "A part of the host is not available"),
        ProblemCodes.StorageFull => new(507, "The disk is full"),
        _ => new(500, "Something went wrong here"),
    };
}
