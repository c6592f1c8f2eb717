using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;

namespace Serverless.Agent.Files;

/// <summary>A folder whose files are the job's.</summary>
/// <param name="Kind">As what they are kept.</param>
/// <param name="Folder">The folder, with all links resolved; paths are relative to it.</param>
/// <param name="Events">Only these event files below it; null: all files.</param>
internal sealed record OutputPlace(FileKind Kind, string Folder, EventFolder? Events = null)
{
    private static readonly FileKind[] Kinds = [FileKind.Model, FileKind.Artifacts, FileKind.Tensorboard];

    /// <summary>All of a job's.</summary>
    /// <param name="folder">Its folders.</param>
    /// <param name="patterns">Where below the working folder it writes event files.</param>
    public static IReadOnlyList<OutputPlace> Of(AttemptFolder folder, IEnumerable<string> patterns)
    {
        var work = OutputFile.Resolve(folder.Work);
        return
        [
            .. Kinds.Select(kind => new OutputPlace(kind, OutputFile.Resolve(folder.Of(kind)))),
            .. patterns.Select(pattern => pattern.TrimEnd('/')).Distinct(StringComparer.Ordinal).Select(pattern => new OutputPlace(FileKind.Tensorboard, work, new EventFolder(work, pattern))),
        ];
    }

    /// <summary>Its files now.</summary>
    /// <param name="tooMany">Whether there are more than are kept.</param>
    public IReadOnlyList<FileStamp> Scan(out bool tooMany) => Events is null ? OutputScan.Read(Folder, out tooMany) : Events.Scan(ContentLimits.Files, out tooMany);
}
