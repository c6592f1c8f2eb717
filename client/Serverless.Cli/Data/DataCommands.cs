using System.CommandLine;
using Serverless.Cli.Shell;
using Serverless.Cli.Shown;
using Serverless.Cli.Terminal;
using Serverless.Client.Content;
using Serverless.Client.Errors;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Data;

/// <summary><c>data put|list|show</c>.</summary>
internal static class DataCommands
{
    public static Command Make(CommandBuilder build) => CommandBuilder.Group("data", "Data sets: upload, list, look at.", Put(build), List(build), Show(build));

    private static Command Put(CommandBuilder build)
    {
        var name = CommandBuilder.Argument("NAME", "The data set, such as digits.");
        var path = CommandBuilder.Argument("PATH", "A file or a folder on this machine.");
        var under = CommandBuilder.Option("--as", "PATH", "The file's path in the data set. Default: its own name.");
        return build.Make("put", "Upload a file or a folder as a new version of a data set.", [name, path, under], async run =>
        {
            var source = Path.GetFullPath(run.Get(path), run.Io.Folder);
            var version = Directory.Exists(source)
                ? await PutFolderAsync(run, run.Get(name), source, run.Get(under))
                : await run.Output.WhileAsync($"Uploading {source}", _ => run.Client.Data.PutFileAsync(run.Get(name), source, run.Get(under), run.Cancel));
            if (run.Output.IsJson)
                run.Output.Json(version, ContractsJson.Default.DatasetVersion);
            else
                run.Output.Line($"{version.Name}@{Words.Short(version.Version)}  {version.Files.Count} file(s)  {Words.Bytes(version.SizeBytes)}");
            return ExitCode.Ok;
        });
    }

    private static Task<DatasetVersion> PutFolderAsync(Invocation run, string name, string folder, string? under) => under is not null
        ? throw CliException.Usage("--as names one file; a folder keeps the paths of its files.", "Leave --as out, or upload one file.")
        : run.Output.WhileAsync($"Uploading {folder}", say => run.Client.Data.PutFolderAsync(name, folder, new DirectProgress<UploadProgress>(done =>
            say($"Uploading {folder}: {done.Files} of {done.TotalFiles} files, {Words.Bytes(done.SentBytes)} sent", isMinor: true)), run.Cancel));

    private static Command List(CommandBuilder build)
    {
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("list", "The newest version of each data set.", [options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Data.ListAsync(page, run.Cancel),
            ContractsJson.Default.DatasetPage,
            new TextTable("NAME", "VERSION", "FILES>", "SIZE>", "CREATED"),
            (table, version) => table.Row(version.Name, Words.Short(version.Version), Words.Count(version.Files.Count), Words.Bytes(version.SizeBytes), Words.Date(version.CreatedAt)),
            "There are no data sets. 'serverless data put NAME PATH' uploads one."));
    }

    private static Command Show(CommandBuilder build)
    {
        var reference = CommandBuilder.Argument("NAME[@VERSION]", "The data set; its newest version unless one is named.");
        return build.Make("show", "The files, columns and first rows of a data set's version.", [reference], async run =>
        {
            var (name, asked) = SplitReference(run.Get(reference));
            var version = await run.Client.Data.GetAsync(name, asked, run.Cancel);
            var preview = await PreviewAsync(run, version);
            if (run.Output.IsJson)
                run.Output.Json(new DatasetShown(version, preview), CliJson.Default.DatasetShown);
            else
                ShowText(run, version, preview);
            return ExitCode.Ok;
        });
    }

    /// <summary><c>name</c> or <c>name@version</c>.</summary>
    internal static (string Name, string? Version) SplitReference(string reference)
    {
        var at = reference.IndexOf('@');
        return at < 0 ? (reference, null) : (reference[..at], reference[(at + 1)..]);
    }

    /// <summary>Null for data that is no table.</summary>
    private static async Task<DatasetPreview?> PreviewAsync(Invocation run, DatasetVersion version)
    {
        try
        {
            return await run.Client.Data.PreviewAsync(version.Name, version.Version, run.Cancel);
        }
        catch (ServerlessApiException e) when (e.Status is 400 or 404 or 415 or 422)
        {
            return null;
        }
    }

    private static void ShowText(Invocation run, DatasetVersion version, DatasetPreview? preview)
    {
        run.Output.Line($"{version.Name}@{version.Version}");
        run.Output.Line($"created {Words.Date(version.CreatedAt)} by {version.Source}, {Words.Bytes(version.SizeBytes)}");
        run.Output.Line("");
        var files = new TextTable("FILE*", "SIZE>", "SHA-256");
        foreach (var file in version.Files.Take(20))
            files.Row(file.Path, Words.Bytes(file.SizeBytes), Words.Short(file.Sha256));
        run.Output.Table(files);
        if (version.Files.Count > 20)
            run.Output.Talk($"… and {version.Files.Count - 20} more; --output json has all.");
        if (preview is null)
            return;

        run.Output.Line("");
        run.Output.Line($"{preview.File}: {preview.Columns.Count} columns, seen in the first {Words.Count(preview.RowsRead)} rows");
        var columns = new TextTable("COLUMN*", "TYPE", "MISSING>", "DISTINCT>", "EXAMPLES*");
        for (var i = 0; i < preview.Columns.Count; i++)
        {
            var column = preview.Columns[i];
            var examples = string.Join(", ", preview.Rows.Where(row => i < row.Count).Select(row => row[i]).OfType<string>().Distinct().Take(3));
            columns.Row(column.Name, column.Type, Words.Count(column.Missing), Words.Count(column.Distinct), examples);
        }

        run.Output.Table(columns);
    }
}
