using System.CommandLine;
using Serverless.Cli.Shell;
using Serverless.Cli.Shown;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Jobs;

/// <summary><c>job files</c> and <c>job pull</c>.</summary>
internal static class JobFiles
{
    public static Command MakeFiles(CommandBuilder build)
    {
        var id = JobCommands.Id();
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("files", "The files that a job wrote: model, artifacts, checkpoints, TensorBoard events.", [id, options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Jobs.FilesAsync(run.Get(id), page, run.Cancel),
            ContractsJson.Default.JobFilePage,
            new TextTable("PATH*", "SIZE>", "WRITTEN"),
            (table, file) => table.Row(file.Path, Words.Bytes(file.SizeBytes), Words.Date(file.ModifiedAt)),
            "The job has written no files."));
    }

    public static Command MakePull(CommandBuilder build)
    {
        var id = JobCommands.Id();
        var folder = new Argument<string?>("FOLDER") { Description = "Where they go. Default: a folder named as the job.", Arity = ArgumentArity.ZeroOrOne };
        var only = CommandBuilder.Option("--only", "PREFIX", "Only files whose path begins so, such as model/.");
        return build.Make("pull", "Bring the files that a job wrote onto this machine.", [id, folder, only], async run =>
        {
            var target = Path.GetFullPath(run.Find(folder) ?? run.Get(id), run.Io.Folder);
            var files = await run.Output.WhileAsync($"Bringing the files of {run.Get(id)}", say =>
                run.Client.Jobs.PullAsync(run.Get(id), target, run.Get(only), new DirectProgress<JobFile>(file => say($"{file.Path}  {Words.Bytes(file.SizeBytes)}", isMinor: true)), run.Cancel));
            if (run.Output.IsJson)
                run.Output.Json(new PulledFiles(target, files), CliJson.Default.PulledFiles);
            else
                run.Output.Line($"{files.Count} file(s), {Words.Bytes(files.Sum(file => file.SizeBytes))} in {target}");
            return ExitCode.Ok;
        });
    }
}
