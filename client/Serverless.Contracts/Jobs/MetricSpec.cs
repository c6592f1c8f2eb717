namespace Serverless.Contracts.Jobs;

/// <summary>How one metric is read: by a <see cref="Pattern"/> from the program's output, or by a <see cref="Tag"/> from its TensorBoard event files. Exactly one of the two is given.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Pattern">A regular expression whose first group is the number; matched without backtracking against each line of stdout and stderr. At most 1,000 characters.</param>
public sealed record MetricSpec(string Name, string? Pattern = null)
{
    /// <summary>
    /// The tag of a scalar, 1 to 512 characters, such as <c>eval/accuracy</c>; for one that several folders of event files have, with the folder before it:
    /// <c>validation/epoch_loss</c>. When a job names no tag, all scalars of the files under <c>SERVERLESS_TENSORBOARD_DIR</c> are metrics under their tags.
    /// </summary>
    public string? Tag { get; init; }

    /// <summary>
    /// Where the event files are, relative to the program's working folder: a folder and all below it, such as <c>runs</c>; <c>*</c> stands for any characters of a name and
    /// <c>**</c> for any folders, after a first name without them. Default: <c>SERVERLESS_TENSORBOARD_DIR</c>. Files that are found so are kept with the job's TensorBoard files.
    /// </summary>
    public string? Events { get; init; }
}
