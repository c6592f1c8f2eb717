using System.CommandLine;
using System.Text.Json.Nodes;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Client.Errors;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;

namespace Serverless.Cli.Studies;

/// <summary><c>study plan</c>, and what <c>study run</c> says of a study before it goes on.</summary>
internal static class PlanCommand
{
    public static Command Make(CommandBuilder build)
    {
        var file = new Option<string>("--spec") { Description = "The study's file, YAML or JSON.", HelpName = "FILE", Required = true };
        var trials = CommonOptions.Ranged("--trials", "N", "Trials in all, 1 to 100000. Default: what the file says.", 1, 100_000);
        var parallel = CommonOptions.Ranged("--parallel", "N", "Trials at once, 1 to 1000. Default: what the file says.", 1, 1_000);
        var maxCost = CommandBuilder.Option("--max-cost", "AMOUNT", "The most that the study may cost. Default: what the file says.");
        var time = CommandBuilder.Option("--trial-time", "TIME", "How long a trial takes: 2m, or eight of ten 1m..5m. Default: by earlier trials.");
        var steps = CommonOptions.Ranged("--steps", "N", "How often a whole trial reports its metric. Default: by earlier trials.", 1, 1_000_000);
        var stepTime = CommandBuilder.Option("--step-time", "TIME", "How long a step takes: 1.5s; with --steps.");
        var failures = CommandBuilder.Option("--failure-rate", "PART", "The part of the trials that fail: 0.05 or 5%. Default: by earlier trials.");
        return build.Make("plan", "What a study would come to: trials, time, cost, alternatives, from simulated studies. Nothing is submitted.", [file, trials, parallel, maxCost, time, steps, stepTime, failures], async run =>
        {
            var spec = await StudyFile.ReadAsync(Path.GetFullPath(run.Get(file)!, run.Io.Folder), NotUploaded);
            var errors = new List<FieldError>();
            var range = Read(run, time, PlanTexts.Range, errors);
            var request = new StudyPlanRequest
            {
                Study = spec with { Limits = Limits(spec.Limits, run.Get(trials), run.Get(parallel), Read(run, maxCost, text => (decimal?)JobTexts.Amount(text), errors)) },
                TrialSeconds = run.Get(time) is null ? null : range.From,
                TrialSecondsTo = range.To,
                Steps = run.Get(steps),
                StepSeconds = Read(run, stepTime, text => (double?)PlanTexts.Seconds(text), errors),
                FailureRate = Read(run, failures, text => (double?)PlanTexts.Share(text), errors),
            };
            if (errors.Count > 0)
                throw CliException.Usage(errors);
            PlanText.Write(run.Output, request.Study, await run.Client.Studies.PlanAsync(request, run.Cancel));
            return ExitCode.Ok;
        });
    }

    /// <summary>A study's limits with those that were typed.</summary>
    public static StudyLimitSpec Limits(StudyLimitSpec limits, int? trials, int? parallel, decimal? maxCost) =>
        limits with { Trials = trials ?? limits.Trials, Parallelism = parallel ?? limits.Parallelism, MaxCost = maxCost ?? limits.MaxCost };

    /// <summary>Says what a study comes to. When it cannot be said, its submission says why, or goes on without.</summary>
    public static async Task SayAsync(Invocation run, StudySpec spec)
    {
        if (run.Output.IsJson)
            return;
        try
        {
            PlanText.Say(run.Output, await run.Client.Studies.PlanAsync(new StudyPlanRequest { Study = spec }, run.Cancel));
        }
        catch (ServerlessApiException)
        {
        }
    }

    /// <summary>A plan needs no code on the host, but the folder has to be there.</summary>
    private static Task<JsonNode?> NotUploaded(string folder) => Directory.Exists(folder)
        ? Task.FromResult<JsonNode?>(new JsonArray())
        : throw CliException.Usage($"There is no folder {SafeText.Quote(folder)}.", "Name the folder of the program's code, from the study's file.");

    private static T? Read<T>(Invocation run, Option<string?> option, Func<string, T> parse, List<FieldError> errors)
    {
        if (run.Get(option) is not { } text)
            return default;
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            errors.Add(new FieldError(option.Name, $"{SafeText.Quote(text)} cannot be read.", e.Message));
            return default;
        }
    }
}
