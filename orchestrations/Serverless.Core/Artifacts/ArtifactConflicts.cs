using Serverless.Core.Failures;

namespace Serverless.Core.Artifacts;

/// <summary>The rules by which stores without folders keep to what stores with folders can hold, and the conflicts that all name alike.</summary>
public static class ArtifactConflicts
{
    /// <summary>The paths above a path, nearest first: none of them may be an artifact.</summary>
    public static IEnumerable<string> Above(ArtifactPath path)
    {
        for (var slash = path.Value.LastIndexOf('/'); slash > 0; slash = path.Value.LastIndexOf('/', slash - 1))
            yield return path.Value[..slash];
    }

    /// <summary>What every path below a path begins with: none may be there.</summary>
    public static string Below(ArtifactPath path) => path.Value + "/";

    /// <summary>Whether a text can be an ETag of ours: visible ASCII without quotes. Another one is that of no artifact.</summary>
    public static bool IsETag(string text) => text.Length is > 0 and <= 128 && text.All(c => c is > ' ' and < '\x7f' and not '"');

    /// <summary>Something is there that may not be.</summary>
    public static ServerlessException Exists(ArtifactPath path) =>
        Fail.Conflict($"There is already an artifact '{path}'.", "Leave it, or overwrite it.");

    /// <summary>Something else is there than was asked for.</summary>
    public static ServerlessException Changed(ArtifactPath path) =>
        Fail.Conflict($"The artifact '{path}' is not the one with the ETag that was given.", "Read it again, then decide.");

    /// <summary>A part of the path is an artifact.</summary>
    public static ServerlessException ThroughArtifact(ArtifactPath path, string above) =>
        Fail.Conflict($"'{path}' leads through the artifact '{above}', which cannot hold others.", "Choose another path, or remove what is in its way.");

    /// <summary>The path is a folder of others.</summary>
    public static ServerlessException IsFolder(ArtifactPath path) =>
        Fail.Conflict($"'{path}' is a folder of other artifacts.", "Choose another path.");

    /// <summary>Another write of the same path was faster, so that this one's parts are gone.</summary>
    public static ServerlessException Outrun(ArtifactPath path) =>
        Fail.Conflict($"Another write of '{path}' came between, and the parts of this one are gone.", "Send it again.", retryable: true);

    /// <summary>The store takes no more appends to an artifact, though it may have room for its bytes.</summary>
    public static ServerlessException TooManyAppends(ArtifactPath path) => new(
        Contracts.Problems.ProblemCodes.StorageFull, $"The store takes no more appends to '{path}'.", "Append more at a time, or go on in another artifact.");
}
