using System.CommandLine;
using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Studies.Findings;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies;

/// <summary><c>study run|plan|init|schema|list|show|trials|best|importance|history|curves|parallel|resize|resume|stop</c>.</summary>
internal static class StudyCommands
{
    public static Command Make(CommandBuilder build) => CommandBuilder.Group(
        "study", "Studies: search for the best parameters of a job.",
        StudyRun.Make(build), PlanCommand.Make(build), StudyInit.Make(build), StudySchemaCommand.Make(build), List(build), Show(build), Trials(build), Best(build),
        ImportanceCommand.Make(build), HistoryCommand.Make(build), CurvesCommand.Make(build), ParallelCommand.Make(build),
        StudyLimitCommands.Resize(build), StudyLimitCommands.Resume(build), Stop(build));

    private static Argument<string> Id() => CommandBuilder.Argument("ID", "The study.");

    private static Command List(CommandBuilder build)
    {
        var contains = CommandBuilder.Option("--contains", "TEXT", "Only studies with this text anywhere in their name.");
        var status = new Option<StudyStatus?>("--status") { Description = "Only studies that stand there: running, succeeded, ….", HelpName = "STATUS" };
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("list", "Studies, newest first.", [contains, status, options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Studies.ListAsync(run.Get(contains), run.Get(status), page, run.Cancel),
            ContractsJson.Default.StudyPage,
            new TextTable("ID", "NAME*", "STATUS", "TRIALS*", "BEST*"),
            (table, study) => table.Row(study.Id, study.Name, Words.Of(study.Status), StudyText.Counts(study), study.Best.Count > 0 ? StudyText.Values(study, study.Best[0]) : null),
            run.Get(contains) is { } text ? $"No study has {SafeText.Quote(text)} in its name." : "There are no studies. 'serverless study run --spec FILE' runs one."));
    }

    private static Command Show(CommandBuilder build)
    {
        var id = Id();
        var follow = CommandBuilder.Switch("--follow", "Go on and say each step until the study has ended.");
        return build.Make("show", "A study: how far it is, its best trial, what it cost, what it made.", [id, follow], async run =>
        {
            var study = await run.Client.Studies.GetAsync(run.Get(id), run.Cancel);
            if (run.Get(follow))
                study = await StudyFollowing.ToEndAsync(run, study);
            StudyText.Write(run.Output, study, run.Io.Clock);
            return ExitCode.Ok;
        });
    }

    private static Command Trials(CommandBuilder build)
    {
        var id = Id();
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        var follow = CommandBuilder.Switch("--follow", "First wait until the study has ended, and say each step.");
        return build.Make("trials", "The trials of a study, in the order in which they began.", [id, options.Limit, options.All, follow], async run =>
        {
            if (run.Get(follow))
                await StudyFollowing.ToEndAsync(run, await run.Client.Studies.GetAsync(run.Get(id), run.Cancel));
            return await ListAsync(run, run.Get(id), options);
        });
    }

    private static Task<int> ListAsync(Invocation run, string id, (Option<int?> Limit, Option<bool> All) options) =>
        Lists.ShowAsync(
            run,
            options,
            page => run.Client.Studies.TrialsAsync(id, page, run.Cancel),
            ContractsJson.Default.StudyTrialPage,
            new TextTable("TRIAL>", "STATUS", "VALUES", "STEP>", "PARAMETERS*", "JOB"),
            (table, trial) => table.Row(
                trial.Number.ToString(CultureInfo.InvariantCulture),
                Words.Of(trial.Status),
                string.Join(", ", trial.Values.Count > 0 ? trial.Values.Select(value => Words.Number(value)) : trial.LastValue is { } last ? [$"({Words.Number(last)})"] : []),
                trial.LastStep?.ToString(CultureInfo.InvariantCulture),
                StudyText.Parameters(trial) + (trial.Parent is { } parent ? $" (on from {parent})" : ""),
                trial.JobId),
            "The study has no trials yet.");


    private static Command Best(CommandBuilder build)
    {
        var id = Id();
        return build.Make("best", "The best trial of a study, as the arguments that it ran with; with several objectives those that none beats.", [id], async run =>
        {
            var study = await run.Client.Studies.GetAsync(run.Get(id), run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(new Page<StudyTrial>(study.Best, null), ContractsJson.Default.StudyTrialPage);
            foreach (var trial in run.Output.IsJson ? [] : study.Best)
                run.Output.Line($"#{trial.Number}  {StudyText.Values(study, trial)}  {string.Join(' ', trial.Parameters.Select(pair => $"--{pair.Key} {pair.Value}"))}");
            if (study.Best.Count == 0)
                run.Output.Talk("No trial of the study has a value yet.");
            return ExitCode.Ok;
        });
    }

    private static Command Stop(CommandBuilder build)
    {
        var id = Id();
        var wait = CommandBuilder.Switch("--wait", "Wait until it has stopped.");
        return build.Make("stop", "Stop a study: its trials are stopped, its best is kept.", [id, wait], async run =>
        {
            var study = await run.Client.Studies.StopAsync(run.Get(id), run.Cancel);
            if (run.Get(wait))
                study = await StudyFollowing.ToEndAsync(run, study);
            StudyText.Write(run.Output, study, run.Io.Clock);
            return ExitCode.Ok;
        });
    }
}
