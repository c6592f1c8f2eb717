using System.CommandLine;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Triggers;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Triggers;

/// <summary><c>trigger add|list|remove</c>.</summary>
internal static class TriggerCommands
{
    public static Command Make(CommandBuilder build) =>
        CommandBuilder.Group("trigger", "Triggers: data that lands starts a job.", Add(build), List(build), Remove(build));

    private static Command Add(CommandBuilder build)
    {
        var name = CommandBuilder.Argument("NAME", "The trigger; one of this name is replaced.");
        var prefix = new Option<string>("--prefix") { Description = "The path that is watched: a data set, then any part of a path.", HelpName = "digits/", Required = true };
        var job = new JobOptions();
        return build.Make("add", "Start a job whenever data lands under a prefix: trigger add NAME --prefix PREFIX [options] [-- ARGUMENTS].", [name, prefix, .. job.Symbols], async run =>
        {
            var spec = new TriggerSpec { Prefix = run.Get(prefix)!, Job = await job.ReadAsync(run, forTrigger: true) };
            var trigger = await run.Client.Triggers.PutAsync(run.Get(name), spec, run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(trigger, ContractsJson.Default.Trigger);
            else
                run.Output.Line($"{trigger.Name}  {trigger.Spec.Prefix}  {ProgramText.Of(trigger.Spec.Job)}");
            run.Output.Hint($"Data that lands under '{trigger.Spec.Prefix}' from now on starts a job.");
            return ExitCode.Ok;
        }, takesRest: true);
    }

    private static Command List(CommandBuilder build)
    {
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("list", "The triggers and what they have started.", [options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Triggers.ListAsync(page, run.Cancel),
            ContractsJson.Default.TriggerPage,
            new TextTable("NAME", "PREFIX", "PROGRAM*", "JOBS>", "LAST JOB"),
            (table, trigger) => table.Row(trigger.Name, trigger.Spec.Prefix, ProgramText.Of(trigger.Spec.Job), Words.Count(trigger.Firings), trigger.LastJobId),
            "There are no triggers. 'serverless trigger add NAME --prefix PREFIX …' makes one."));
    }

    private static Command Remove(CommandBuilder build)
    {
        var name = CommandBuilder.Argument("NAME", "The trigger.");
        return build.Make("remove", "Remove a trigger; jobs that it started go on.", [name], async run =>
        {
            await run.Client.Triggers.RemoveAsync(run.Get(name), run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(new Done(run.Get(name), true), CliJson.Default.Done);
            else
                run.Output.Talk($"Trigger '{run.Get(name)}' is removed; jobs that it started go on.");
            return ExitCode.Ok;
        });
    }
}
