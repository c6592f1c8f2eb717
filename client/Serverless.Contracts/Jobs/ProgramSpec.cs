using Serverless.Contracts.Content;

namespace Serverless.Contracts.Jobs;

/// <summary>What runs: exactly one of <see cref="Command"/> and <see cref="Algorithm"/>; with an <see cref="Image"/> one of them or neither.</summary>
public sealed record ProgramSpec
{
    /// <summary>An own program: the executable and the arguments that come before the job's own, such as <c>["python3", "train.py"]</c>. Its working folder holds <see cref="Code"/>.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>A built-in algorithm, such as <c>logistic-regression</c>.</summary>
    public string? Algorithm { get; init; }

    /// <summary>
    /// The container image that the program runs in, as <c>[registry/]name[:tag][@sha256:digest]</c>; null: a process on the node. Without a command the image's own entry
    /// point runs, and gets the algorithm's name (if one is given) and the arguments; a command stands in place of the entry point.
    /// </summary>
    public string? Image { get; init; }

    /// <summary>Lets the program write anywhere in its image's file system (a copy of its own, gone afterwards). Default: it is read-only but for the job's folders and <c>/tmp</c>.</summary>
    public bool WritableRoot { get; init; }

    /// <summary>The files that the program's working folder holds when it starts; their content was uploaded before.</summary>
    public IReadOnlyList<ContentFile> Code { get; set; } = [];

    /// <summary>The git commit that <see cref="Code"/> came from, for the record.</summary>
    public string? GitCommit { get; init; }
}
