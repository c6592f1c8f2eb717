namespace Serverless.Tuning.Spaces;

/// <summary>A space, or values for it, with errors: all of them at once.</summary>
public sealed class InvalidSpaceException : Exception
{
    /// <summary>Made from the errors.</summary>
    /// <param name="errors">At least one.</param>
    public InvalidSpaceException(IReadOnlyList<SpaceError> errors)
        : base(string.Join(" ", errors.Select(error => $"{error.Path}: {error.Message} {error.Cure}"))) => Errors = errors;

    /// <summary>The errors.</summary>
    public IReadOnlyList<SpaceError> Errors { get; }
}
