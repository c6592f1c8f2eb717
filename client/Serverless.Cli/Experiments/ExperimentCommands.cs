using System.CommandLine;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Experiments;

/// <summary><c>experiment list|show|compare|set</c>.</summary>
internal static class ExperimentCommands
{
    public static Command Make(CommandBuilder build) => CommandBuilder.Group(
        "experiment", "Experiments: jobs and studies side by side. 'job run' and 'study run' take --experiment.", List(build), ExperimentShow.Make(build), ExperimentCompare.Make(build), Set(build));

    private static Command List(CommandBuilder build)
    {
        var contains = CommandBuilder.Option("--contains", "TEXT", "Only experiments with this text anywhere in their name.");
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("list", "Experiments, newest first.", [contains, options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Experiments.ListAsync(run.Get(contains), page, run.Cancel),
            ContractsJson.Default.ExperimentPage,
            new TextTable("NAME*", "JOBS>", "STUDIES>", "RUNNING>", "LAST ACTIVITY"),
            (table, experiment) => table.Row(experiment.Name, ExperimentText.Count(experiment.Jobs), ExperimentText.Count(experiment.Studies), ExperimentText.Count(experiment.Running), Words.Date(experiment.ActiveAt)),
            run.Get(contains) is { } text
                ? $"No experiment has {SafeText.Quote(text)} in its name."
                : "There are no experiments. 'serverless job run --experiment NAME' and 'study run --experiment NAME' make one."));
    }

    private static Command Set(CommandBuilder build)
    {
        var name = ExperimentText.Name();
        var description = CommandBuilder.Option("--description", "TEXT", "What it is about; an empty text removes it. What it said before becomes a note.");
        var tags = CommandBuilder.Several("--tag", "NAME=VALUE", "A tag; with nothing behind '=' it is removed.");
        var notes = CommandBuilder.Several("--note", "TEXT", "A note, added to those that are there.");
        return build.Make("set", "Say what an experiment is about: description, tags, notes.", [name, description, tags, notes], async run =>
        {
            var change = new ExperimentChange { Description = run.Get(description), Tags = Tags(run.Get(tags) ?? []) };
            var words = run.Get(notes) ?? [];
            if (change.Description is null && change.Tags.Count == 0 && words.Length == 0)
                throw CliException.Usage("Nothing is to be said.", "Give --description, --tag or --note.");
            var experiment = change.Description is not null || change.Tags.Count > 0
                ? await run.Client.Experiments.ChangeAsync(run.Get(name), change, cancel: run.Cancel)
                : await run.Client.Experiments.GetAsync(run.Get(name), run.Cancel);
            foreach (var text in words)
                await run.Client.Experiments.NoteAsync(run.Get(name), text, cancel: run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(experiment, ContractsJson.Default.ExperimentSummary);
            else
                ExperimentText.Facts(run.Output, experiment);
            return ExitCode.Ok;
        });
    }

    private static Dictionary<string, string> Tags(string[] texts)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<FieldError>();
        foreach (var text in texts)
        {
            try
            {
                var (tag, value) = JobTexts.Variable(text);
                if (!tags.TryAdd(tag, value))
                    errors.Add(new FieldError("--tag", $"The tag {SafeText.Quote(tag)} is given twice.", "Give it once."));
            }
            catch (FormatException e)
            {
                errors.Add(new FieldError("--tag", $"{SafeText.Quote(text)} cannot be read.", e.Message));
            }
        }

        return errors.Count == 0 ? tags : throw CliException.Usage(errors);
    }
}
