namespace Serverless.Jobs.Hosting;

/// <summary>
/// Something that a job's program does in a process of its own instead of its job: a library starts the program again with a verb as the first argument (such as
/// <c>__export</c>), and <see cref="JobHost"/> runs this. Announced by <see cref="JobVerbAttribute"/>; it has a public constructor without parameters.
/// </summary>
public interface IJobVerb
{
    /// <summary>Runs it.</summary>
    /// <param name="arguments">The arguments after the verb.</param>
    /// <param name="cancel">Cancelled when the process is asked to stop.</param>
    /// <returns>The process's exit code.</returns>
    Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel);
}
