using Serverless.Contracts.Content;
using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Core.Content;

/// <summary>What a list of files named by their content may look like, wherever one comes in.</summary>
public static class ContentRules
{
    /// <summary>Checks files: their paths, hashes and sizes, how many they are, and that no two would be the same file or one the folder of another on some disk.</summary>
    /// <param name="files">The files.</param>
    /// <param name="where">The input's place, for the errors.</param>
    public static IReadOnlyList<FieldError> Check(IReadOnlyList<ContentFile> files, string where)
    {
        if (files.Count > ContentLimits.Files)
            return [new FieldError(where, $"There are {files.Count} files; the limit is {ContentLimits.Files}.", "Put fewer files in, or pack them into one.")];
        var errors = new List<FieldError>();
        for (var i = 0; i < files.Count; i++)
            CheckFile(files[i], $"{where}[{i}]", errors);
        if (errors.Count == 0)
            errors.AddRange(CheckClashes([.. files.Select(file => file.Path)], where));
        return errors;
    }

    /// <summary>Whether a text is a SHA-256: 64 lower-case hexadecimal digits.</summary>
    public static bool IsSha256(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Paths that are the same without regard to case, and paths that are a folder of another.</summary>
    public static IReadOnlyList<FieldError> CheckClashes(IReadOnlyList<string> paths, string where)
    {
        var errors = PathRules.Clashes(paths)
            .Select(path => new FieldError(where, $"The path {Shown.Quote(path)} comes twice (paths that differ in case only are one file on some disks).", "Rename one of the two."))
            .ToList();
        var all = new HashSet<string>(paths, StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                if (all.Contains(path[..slash]))
                    errors.Add(new FieldError(where, $"The path {Shown.Quote(path[..slash])} is a file and also the folder of {Shown.Quote(path)}.", "Rename one of the two."));
            }
        }

        return errors;
    }

    private static void CheckFile(ContentFile? file, string where, List<FieldError> errors)
    {
        if (file is null)
        {
            errors.Add(new FieldError(where, "The file is null.", "Give its path, hash and size."));
            return;
        }

        errors.AddRange(PathRules.Check(file.Path, $"{where}.path"));
        if (!IsSha256(file.Sha256))
            errors.Add(new FieldError($"{where}.sha256", $"{Shown.Quote(file.Sha256 ?? "")} is not a SHA-256.", "Give 64 lower-case hexadecimal digits."));
        if (file.SizeBytes < 0)
            errors.Add(new FieldError($"{where}.sizeBytes", $"The size {file.SizeBytes} is negative.", "Give the file's length in bytes."));
    }
}
