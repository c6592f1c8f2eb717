using System.CommandLine;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Jobs;

/// <summary><c>job run</c>.</summary>
internal static class JobRun
{
    public static Command Make(CommandBuilder build)
    {
        var job = new JobOptions();
        var wait = CommandBuilder.Switch("--wait", "Wait until the job has ended; the exit code is then 0 only if it succeeded.");
        var follow = CommandBuilder.Switch("--follow", "Show the program's output while waiting.");
        var estimate = CommandBuilder.Switch("--estimate", "Only say what it would run on and could cost; nothing is submitted.");
        return build.Make("run", "Run a program: job run [options] [-- ARGUMENTS]. What comes after -- reaches the program exactly.", [.. job.Symbols, estimate, wait, follow], async run =>
        {
            var spec = await job.ReadAsync(run, forTrigger: false);
            if (run.Get(estimate))
                return Estimated(run, await run.Client.Jobs.EstimateAsync(spec, run.Cancel));
            var submitted = (await run.Client.Jobs.SubmitAsync(spec, cancel: run.Cancel)).Submitted;
            if (!run.Get(wait) && !run.Get(follow))
                return Submitted(run, submitted);
            run.Output.Talk($"Job {submitted.Id} is submitted.");
            PlacementText.Say(run.Output, submitted.Placement);
            var ended = run.Get(follow) ? await FollowAsync(run, submitted) : await WaitAsync(run, submitted);
            return Ended(run, ended);
        }, takesRest: true);
    }

    /// <summary>Waits until a job has ended and says each change.</summary>
    public static async Task<Job> WaitAsync(Invocation run, Job job) => await run.Output.WhileAsync(JobText.Line(job), async say =>
    {
        await foreach (var now in run.Client.Jobs.WatchAsync(job.Id, run.Cancel))
        {
            say(JobText.Line(now), isMinor: now.Status == job.Status);
            job = now;
        }

        return job;
    });

    /// <summary>The program's output is data, unless data is JSON: then the job is.</summary>
    private static async Task<Job> FollowAsync(Invocation run, Job job)
    {
        await foreach (var line in run.Client.Jobs.LogAsync(job.Id, follow: true, cancel: run.Cancel))
        {
            if (run.Output.IsJson)
                run.Output.Talk(SafeText.Line(line.Text));
            else
                run.Output.Line(SafeText.Line(line.Text));
        }

        return await WaitAsync(run, job);
    }

    private static int Estimated(Invocation run, JobPlacement placement)
    {
        if (run.Output.IsJson)
            run.Output.Json(placement, ContractsJson.Default.JobPlacement);
        else
            PlacementText.Show(run.Output, placement);
        return ExitCode.Ok;
    }

    private static int Submitted(Invocation run, Job job)
    {
        if (run.Output.IsJson)
            run.Output.Json(job, ContractsJson.Default.Job);
        else
            run.Output.Line(job.Id);
        PlacementText.Say(run.Output, job.Placement);
        run.Output.Hint($"'serverless job logs {job.Id} --follow' shows what it writes.");
        return ExitCode.Ok;
    }

    private static int Ended(Invocation run, Job job)
    {
        if (run.Output.IsJson)
            run.Output.Json(job, ContractsJson.Default.Job);
        else
            JobText.Show(run.Output, job, run.Io.Clock);
        return job.Status == JobStatus.Succeeded ? ExitCode.Ok : ExitCode.Failed;
    }
}
