using System.CommandLine;
using Serverless.Cli.Shell;
using Serverless.Cli.Shown;
using Serverless.Client.Http;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Experiments;

/// <summary><c>experiment show</c>.</summary>
internal static class ExperimentShow
{
    /// <summary>How many of the newest notes are shown.</summary>
    private const int Notes = 5;

    /// <summary>Most runs that <c>--all</c> collects: beyond it a program should page.</summary>
    private const int MaxRuns = 100_000;

    public static Command Make(CommandBuilder build)
    {
        var name = ExperimentText.Name();
        var trials = CommandBuilder.Switch("--trials", "The trials of its studies too, each as a run.");
        var kind = new Option<RunKind?>("--kind") { Description = "Only runs of this kind: study, job or trial.", HelpName = "KIND" };
        var (limit, all) = (CommonOptions.Limit(), CommonOptions.All());
        return build.Make("show", "An experiment: its studies and jobs, what went into them, what came out; its notes.", [name, trials, kind, limit, all], async run =>
        {
            var experiments = run.Client.Experiments;
            var experiment = await experiments.GetAsync(run.Get(name), run.Cancel);
            var notes = await experiments.NotesAsync(experiment.Name, new PageRequest { Limit = Notes }, run.Cancel);
            var runs = await RunsAsync(run.Get(all) ? MaxRuns : run.Get(limit) ?? ApiNames.DefaultLimit, page => experiments.RunsAsync(experiment.Name, run.Get(trials), run.Get(kind), page, run.Cancel));
            if (run.Output.IsJson)
                run.Output.Json(new ExperimentShown(experiment, notes, runs), CliJson.Default.ExperimentShown);
            else
                ExperimentText.Write(run.Output, experiment, notes, runs);
            return ExitCode.Ok;
        });
    }

    /// <summary>So many runs, from as many pages as it takes: a page ends where a kind does.</summary>
    private static async Task<Page<ExperimentRun>> RunsAsync(int wanted, Func<PageRequest, Task<Page<ExperimentRun>>> read)
    {
        var runs = new List<ExperimentRun>();
        string? next = null;
        do
        {
            var page = await read(new PageRequest { Limit = Math.Min(ApiNames.MaxLimit, wanted - runs.Count), After = next });
            runs.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null && runs.Count < wanted);
        return new Page<ExperimentRun>(runs, next);
    }
}
