using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Uploads;

/// <summary>What the place of a dropped file says, in the drop folder of a machine as in a container of blobs: <c>{data set}/{path…}</c>.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Path">The file's path in it.</param>
public sealed record DropPath(string Dataset, string Path)
{
    private static readonly string[] Unfinished = [".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", "~"];

    /// <summary>Takes a path apart.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all errors.</exception>
    public static DropPath Parse(string path)
    {
        if (path.IndexOf('/') is not (var slash and > 0))
            throw Fail.Invalid("drop", $"The file {Shown.Quote(path)} lies in the drop folder itself.", "Put it into a folder named like its data set: drop/NAME/FILE.");
        var (name, rest) = (path[..slash], path[(slash + 1)..]);
        List<FieldError> errors = [.. NameRules.Check(name, "drop", "data set"), .. PathRules.Check(rest, "drop")];
        return errors.Count == 0 ? new DropPath(name, rest) : throw Fail.Invalid(errors);
    }

    /// <summary>Whether a file's name is not that of a half-loaded one.</summary>
    public static bool IsFinished(string name) => !Array.Exists(Unfinished, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
