using Serverless.Contracts.Content;

namespace Serverless.Contracts.Jobs;

/// <summary>What runs: exactly one of <see cref="Command"/> and <see cref="Algorithm"/>.</summary>
public sealed record ProgramSpec
{
    /// <summary>An own program: the executable and the arguments that come before the job's own, such as <c>["python3", "train.py"]</c>. Its working folder holds <see cref="Code"/>.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>A built-in algorithm, such as <c>logistic-regression</c>.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The files that the program's working folder holds when it starts; their content was uploaded before.</summary>
    public IReadOnlyList<ContentFile> Code { get; set; } = [];

    /// <summary>The git commit that <see cref="Code"/> came from, for the record.</summary>
    public string? GitCommit { get; init; }
}
