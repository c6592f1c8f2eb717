using Serverless.Training.Tables;

namespace Serverless.Training.Images.Sets;

/// <summary>Finds images by a table with a column of paths and one of classes. Paths begin at the table's folder and stay within the input.</summary>
internal static class ImageTable
{
    private const int MostNamed = 5;

    /// <summary>The images, in the order of the rows.</summary>
    /// <exception cref="DataException">A column is not there, or a path leads to no file of the input.</exception>
    public static IReadOnlyList<ImageFile> Find(string folder, ImageSetOptions options, CancellationToken cancel)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        List<ImageFile> found = [];
        List<string> wrong = [];
        foreach (var file in TableFolder.Files(folder))
        {
            var table = CsvTable.Open([file], options.Format);
            var rows = TextColumns.Read(table, [(options.PathColumn!, "path"), (options.Target!, "target")], options.Format.Missing, cancel);
            foreach (var row in rows)
            {
                var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, row[0].Trim()));
                if (!path.StartsWith(root, StringComparison.Ordinal))
                    wrong.Add($"'{row[0]}' leads out of the input");
                else if (!File.Exists(path))
                    wrong.Add($"'{row[0]}' is not there");
                else
                    found.Add(new(path, Path.GetRelativePath(folder, path), row[1].Trim()));
            }
        }

        if (wrong.Count > 0)
            throw new DataException($"{wrong.Count} paths of the column '{options.PathColumn}' lead to no image: {string.Join(", ", wrong.Take(MostNamed))}{(wrong.Count > MostNamed ? ", …" : "")}. Paths begin at the folder of their table.");
        return found.Count > 0 ? found : throw new DataException($"There is no table in the input. Put a .csv file with the columns '{options.PathColumn}' and '{options.Target}' into it, beside the images.");
    }
}
