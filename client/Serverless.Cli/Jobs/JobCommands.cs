using System.CommandLine;
using Serverless.Cli.Shell;
using Serverless.Cli.Shown;
using Serverless.Cli.Terminal;
using Serverless.Client.Jobs;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Jobs;

/// <summary><c>job init|run|list|show|logs|metrics|files|pull|stop</c>.</summary>
internal static class JobCommands
{
    public static Command Make(CommandBuilder build) => CommandBuilder.Group(
        "job", "Jobs: run, list, look at, stop; programs to begin with.", JobRun.Make(build), List(build), Show(build), Logs(build), Metrics(build), JobFiles.MakeFiles(build), JobFiles.MakePull(build), Stop(build), JobInit.Make(build));

    internal static Argument<string> Id() => CommandBuilder.Argument("ID", "The job.");

    private static Command List(CommandBuilder build)
    {
        var contains = CommandBuilder.Option("--contains", "TEXT", "Only jobs with this text anywhere in their name.");
        var status = new Option<JobStatus?>("--status") { Description = "Only jobs that stand there: running, failed, ….", HelpName = "STATUS" };
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("list", "Jobs, newest first.", [contains, status, options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Jobs.ListAsync(new JobQuery { Contains = run.Get(contains), Status = run.Get(status), Page = page }, run.Cancel),
            ContractsJson.Default.JobPage,
            new TextTable("ID", "NAME*", "STATUS", "TIME>", "METRICS*"),
            (table, job) => table.Row(job.Id, job.Name, Words.Of(job.Status), JobText.Time(job, run.Io.Clock), Words.Metrics(job.Metrics, digits: 4)),
            run.Get(contains) is { } text ? $"No job has {SafeText.Quote(text)} in its name." : "There are no jobs. 'serverless job run' runs one."));
    }

    private static Command Show(CommandBuilder build)
    {
        var id = Id();
        return build.Make("show", "A job: where it stands and why, what it ran on, what it cost, what it made.", [id], async run =>
        {
            var job = await run.Client.Jobs.GetAsync(run.Get(id), run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(job, ContractsJson.Default.Job);
            else
                JobText.Show(run.Output, job, run.Io.Clock);
            return ExitCode.Ok;
        });
    }

    private static Command Logs(CommandBuilder build)
    {
        var id = Id();
        var follow = Follow();
        return build.Make("logs", "What a job's program wrote to stdout and stderr.", [id, follow], async run =>
        {
            await foreach (var line in run.Client.Jobs.LogAsync(run.Get(id), run.Get(follow), cancel: run.Cancel))
            {
                if (run.Output.IsJson)
                    run.Output.Json(new LogShown(line.Text, line.Next), CliJson.Default.LogShown);
                else
                    run.Output.Line(SafeText.Line(line.Text));
            }

            return ExitCode.Ok;
        });
    }

    private static Command Metrics(CommandBuilder build)
    {
        var id = Id();
        var follow = Follow();
        return build.Make("metrics", "A job's metrics in the order in which they came.", [id, follow], async run =>
        {
            await foreach (var point in run.Client.Jobs.MetricsAsync(run.Get(id), run.Get(follow), run.Cancel))
            {
                if (run.Output.IsJson)
                    run.Output.Json(point, ContractsJson.Default.MetricPoint);
                else
                    run.Output.Line($"{Words.Date(point.At)}  {(point.Step is { } step ? $"step {step}  " : "")}{SafeText.Line(point.Name)} = {Words.Number(point.Value)}");
            }

            return ExitCode.Ok;
        });
    }

    private static Command Stop(CommandBuilder build)
    {
        var id = Id();
        var wait = CommandBuilder.Switch("--wait", "Wait until it has stopped.");
        return build.Make("stop", "Stop a job: SIGTERM, its grace period, then the end of all its processes.", [id, wait], async run =>
        {
            var job = await run.Client.Jobs.StopAsync(run.Get(id), run.Cancel);
            if (run.Get(wait))
                job = await JobRun.WaitAsync(run, job);
            if (run.Output.IsJson)
                run.Output.Json(job, ContractsJson.Default.Job);
            else
                run.Output.Line($"{job.Id}  {JobText.Status(job)}");
            return ExitCode.Ok;
        });
    }

    private static Option<bool> Follow() => CommandBuilder.Switch("--follow", "Go on with what comes until the job has ended.");
}
