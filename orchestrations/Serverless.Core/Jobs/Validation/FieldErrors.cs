using Serverless.Contracts.Problems;

namespace Serverless.Core.Jobs.Validation;

/// <summary>Gathers the errors of an input below one place.</summary>
internal sealed class FieldErrors(string root)
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> All => errors;

    public string At(string relative) => root.Length == 0 ? relative : $"{root}.{relative}";

    public void Add(string relative, string message, string cure) => errors.Add(new FieldError(At(relative), message, cure));

    public void AddRange(IEnumerable<FieldError> more) => errors.AddRange(more);

    public void Range(string relative, int value, int low, int high, string unit)
    {
        if (value < low || value > high)
            Add(relative, $"{value} {unit} are outside {low} to {high}.", $"Give {low} to {high}.");
    }

    /// <summary>True when there are not too many; the caller then looks at each.</summary>
    public bool Count(string relative, int count, int limit, string what)
    {
        if (count <= limit)
            return true;
        Add(relative, $"There are {count} {what}; the limit is {limit}.", "Give fewer.");
        return false;
    }
}
