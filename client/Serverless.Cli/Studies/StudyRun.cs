using System.CommandLine;
using System.Text.Json;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Client.Content;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies;

/// <summary><c>study run</c>.</summary>
internal static class StudyRun
{
    public static Command Make(CommandBuilder build)
    {
        var file = new Option<string>("--spec") { Description = "The study's file, YAML or JSON; 'study init' writes one to begin with.", HelpName = "FILE", Required = true };
        var trials = CommonOptions.Ranged("--trials", "N", "Trials in all, 1 to 100000. Default: what the file says.", 1, 100_000);
        var parallel = CommonOptions.Ranged("--parallel", "N", "Trials at once, 1 to 1000. Default: what the file says.", 1, 1_000);
        var experiment = CommandBuilder.Option("--experiment", "NAME", "The experiment that it belongs to. Default: what the file says.");
        var maxCost = CommandBuilder.Option("--max-cost", "AMOUNT", "The most that the study may cost: its trials are stopped there. Default: what the file says.");
        var deploy = CommandBuilder.Option("--deploy-best", "NAME", "Register the best trial's model as NAME and put it behind the endpoint NAME.");
        var gate = CommandBuilder.Several("--gate", "CONDITION", "What must hold of the best trial before it is deployed: 'accuracy>=0.95'.");
        var wait = CommandBuilder.Switch("--wait", "Wait until the study has ended and say each step; the exit code is then 0 only if it succeeded.");
        return build.Make("run", "Run a study: many trials of one job, and the best of them.", [file, trials, parallel, maxCost, experiment, deploy, gate, wait], async run =>
        {
            var spec = await StudyFile.ReadAsync(Path.GetFullPath(run.Get(file)!, run.Io.Folder), folder => UploadAsync(run, folder));
            spec = Deploying(spec, run.Get(deploy), run.Get(gate) ?? []);
            spec = spec with { Experiment = run.Get(experiment) ?? spec.Experiment, Limits = PlanCommand.Limits(spec.Limits, run.Get(trials), run.Get(parallel), Amount(run.Get(maxCost))) };
            await PlanCommand.SayAsync(run, spec);
            var study = await run.Client.Studies.SubmitAsync(spec, cancel: run.Cancel);
            if (!run.Get(wait))
                return Submitted(run, study);
            run.Output.Talk($"Study {study.Id} is submitted.");
            var ended = await StudyFollowing.ToEndAsync(run, study);
            StudyText.Write(run.Output, ended, run.Io.Clock);
            return ended.Status == StudyStatus.Succeeded ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static StudySpec Deploying(StudySpec spec, string? name, string[] gates)
    {
        if (name is null && gates.Length > 0)
            throw CliException.Usage("--gate is about the model that is deployed, and none is.", "Give --deploy-best NAME too.");
        if (name is null)
            return spec;
        var model = spec.Job.Model ?? new ModelSpec { Name = name };
        var conditions = gates.Length > 0 ? [.. gates.Select(Parse)] : model.Gate;
        return spec with { Job = spec.Job with { Model = model with { Name = name, Endpoint = name, Gate = conditions } } };
    }

    private static decimal? Amount(string? text)
    {
        try
        {
            return text is null ? null : JobTexts.Amount(text);
        }
        catch (FormatException e)
        {
            throw CliException.Usage([new FieldError("--max-cost", $"{SafeText.Quote(text!)} cannot be read.", e.Message)]);
        }
    }

    private static GateSpec Parse(string text)
    {
        try
        {
            return GateText.Parse(text);
        }
        catch (FormatException e)
        {
            throw CliException.Usage([new FieldError("--gate", $"{SafeText.Quote(text)} cannot be read.", e.Message)]);
        }
    }

    private static int Submitted(Invocation run, Study study)
    {
        if (run.Output.IsJson)
            run.Output.Json(study, ContractsJson.Default.Study);
        else
            run.Output.Line(study.Id);
        run.Output.Hint($"'serverless study show {study.Id}' shows how far it is, 'study trials {study.Id}' its trials.");
        return ExitCode.Ok;
    }

    private static async Task<System.Text.Json.Nodes.JsonNode?> UploadAsync(Invocation run, string folder)
    {
        var files = await run.Output.WhileAsync($"Uploading {folder}", say => run.Client.Content.PutFolderAsync(folder, new DirectProgress<UploadProgress>(done =>
            say($"Uploading {folder}: {done.Files} of {done.TotalFiles} files, {Words.Bytes(done.SentBytes)} sent", isMinor: true)), run.Cancel));
        return JsonSerializer.SerializeToNode(new ProgramSpec { Code = files }, ContractsJson.Default.ProgramSpec)!["code"]!.DeepClone();
    }
}
