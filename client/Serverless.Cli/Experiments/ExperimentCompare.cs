using System.CommandLine;
using System.Text;
using Serverless.Cli.Shell;
using Serverless.Client.Experiments;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Experiments;

/// <summary><c>experiment compare</c>.</summary>
internal static class ExperimentCompare
{
    public static Command Make(CommandBuilder build)
    {
        var name = ExperimentText.Name();
        var jobs = CommandBuilder.Several("--job", "ID", "A job of it, a trial's too. Without --job and --study: its newest runs.");
        var studies = CommandBuilder.Several("--study", "NAME", "The best trials of a study of it, by id or name.");
        var top = CommonOptions.Ranged("--top", "N", "How many of each study's best trials, 1 to 200. Default: 10.", 1, 200);
        var metrics = CommandBuilder.Several("--metric", "METRIC", "A metric; its last value, or METRIC:min, METRIC:max, METRIC:best. Default: all.");
        var sort = CommandBuilder.Option("--sort", "NAME", "Sort by a metric, a parameter or a fact such as cost; NAME:asc, NAME:desc. Default: the best first where it is known.");
        var different = CommandBuilder.Switch("--only-different", "Leave out what is the same in all.");
        var trials = CommandBuilder.Switch("--trials", "Trials of its studies among the newest runs.");
        var files = CommandBuilder.Switch("--files", "Count the files that each run wrote.");
        var limit = CommonOptions.Ranged("--limit", "N", "Most runs, 1 to 200. Default: 50.", 1, 200);
        var transpose = CommandBuilder.Switch("--transpose", "Runs as columns: for few runs with many values.");
        var csv = CommandBuilder.Option("--csv", "FILE", "Write the table to a file as CSV, all of it and with every digit.");
        var markdown = CommandBuilder.Option("--markdown", "FILE", "Write the table to a file as Markdown.");
        Option[] options = [jobs, studies, top, metrics, sort, different, trials, files, limit, transpose, csv, markdown];
        return build.Make("compare", "Runs side by side: parameters, metrics, data, models; what differs comes first.", [name, .. options], async run =>
        {
            var request = new ComparisonRequest
            {
                Jobs = run.Get(jobs) ?? [],
                Studies = run.Get(studies) ?? [],
                Top = run.Get(top),
                Metrics = run.Get(metrics) ?? [],
                Sort = run.Get(sort),
                OnlyDifferent = run.Get(different),
                Trials = run.Get(trials),
                Files = run.Get(files),
                Limit = run.Get(limit),
            };
            if (request.Top is not null && request.Studies.Count == 0)
                throw CliException.Usage("--top is about the trials of a study, and none is named.", "Name it with --study NAME.");
            if (request.Jobs.Count + request.Studies.Count > 0 && request.Trials)
                throw CliException.Usage("--trials is about the newest runs, and --job or --study names others.", "Leave --trials out, or name neither.");
            var comparison = await run.Client.Experiments.CompareAsync(run.Get(name), request, run.Cancel);
            var written = await WriteAsync(run, run.Get(csv), comparison, ComparisonText.ToCsv) | await WriteAsync(run, run.Get(markdown), comparison, ComparisonText.ToMarkdown);
            if (run.Output.IsJson)
                run.Output.Json(comparison, ContractsJson.Default.ExperimentComparison);
            else if (!written)
                ComparisonView.Write(run.Output, comparison, run.Get(transpose));
            foreach (var note in comparison.Notes)
                run.Output.Hint(note);
            return ExitCode.Ok;
        });
    }

    private static async Task<bool> WriteAsync(Invocation run, string? file, ExperimentComparison comparison, Func<ExperimentComparison, string> write)
    {
        if (file is null)
            return false;
        var path = Path.GetFullPath(file, run.Io.Folder);
        try
        {
            await File.WriteAllTextAsync(path, write(comparison), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), run.Cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed($"'{path}' cannot be written: {e.Message}", "Name a file in a folder that is there and can be written to.");
        }

        run.Output.Talk($"{comparison.Runs.Count} runs are in '{path}'.");
        return true;
    }
}
