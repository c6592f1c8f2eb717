namespace Serverless.Core.Models;

/// <summary>Which version number of a model each job was given. One document a model, so that giving a number is one conditional write: two jobs never get the same, and a job that asks again gets its own.</summary>
/// <param name="Name">The model.</param>
/// <param name="Last">The last number given. A number that was given is never given again, even when nothing came of it.</param>
/// <param name="Given">The newest numbers by job, newest last.</param>
public sealed record ModelNumbers(string Name, int Last, IReadOnlyList<ModelNumber> Given)
{
    /// <summary>How many numbers are remembered by job: far more than jobs of one model end at once.</summary>
    public const int Remembered = 1_000;

    /// <summary>The number that a job was given; null when it was given none that is remembered.</summary>
    public int? Of(string jobId) => Given.FirstOrDefault(number => number.JobId == jobId)?.Version;

    /// <summary>Gives a job its number; the same instance when it has one.</summary>
    public ModelNumbers Give(string jobId) =>
        Of(jobId) is not null
            ? this
            : this with { Last = Last + 1, Given = [.. Given.TakeLast(Remembered - 1), new ModelNumber(jobId, Last + 1)] };
}
