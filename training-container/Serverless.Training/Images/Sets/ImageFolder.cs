using Serverless.Training.Tables;

namespace Serverless.Training.Images.Sets;

/// <summary>Finds images whose folders name their classes: <c>cat/1.png</c>, <c>dog/tall/7.jpg</c>, also when all lie in one folder more, such as <c>train/cat/1.png</c>.</summary>
internal static class ImageFolder
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".jpe", ".jfif"];

    /// <summary>The images, in the order of their names.</summary>
    /// <exception cref="DataException">There are none, or no folder names their classes.</exception>
    public static IReadOnlyList<ImageFile> Find(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DataException($"The input folder '{folder}' does not exist. Give the job an input with images.");
        List<string> names = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal)];
        if (names.Count == 0)
            throw new DataException($"There is no image in the input: no file ends with {string.Join(", ", Extensions)}. Put PNG or JPEG files into it, in a folder for each class; or give --target for a table whose columns are pixels.");
        var parts = names.Select(name => name.Split('/')).ToList();
        var depth = Common(parts);
        if (parts.Find(each => each.Length < depth + 2) is { } bare)
            throw new DataException($"'{string.Join('/', bare)}' lies in no folder that names its class{(depth > 0 && parts.TrueForAll(each => each.Length < depth + 2) ? $": all {names.Count} images are in '{bare[depth - 1]}'" : "")}. "
                + "Put the images of each class into a folder of its own, such as cat/1.png and dog/1.png; or give a table with --path and --target.");
        return [.. names.Zip(parts, (name, each) => new ImageFile(Path.Combine(folder, name), name, each[depth]))];
    }

    /// <summary>The number of folders that all have in common.</summary>
    private static int Common(List<string[]> parts)
    {
        var depth = 0;
        while (parts.TrueForAll(each => each.Length > depth + 1 && each[depth] == parts[0][depth]))
            depth++;
        return depth;
    }
}
