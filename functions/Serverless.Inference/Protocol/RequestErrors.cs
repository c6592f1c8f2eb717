using Serverless.Contracts.Problems;

namespace Serverless.Inference.Protocol;

/// <summary>Gathers what is wrong with a request, so that its caller learns all of it at once; beyond a bound it only counts.</summary>
internal sealed class RequestErrors
{
    private const int Most = 100;
    private readonly List<FieldError> errors = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is one.</summary>
    public bool Any => Count > 0;

    /// <summary>The first of them.</summary>
    public IReadOnlyList<FieldError> List => errors;

    /// <summary>Adds one.</summary>
    public void Add(string path, string message, string cure)
    {
        if (Count++ < Most)
            errors.Add(new FieldError(path, message, cure));
    }
}
