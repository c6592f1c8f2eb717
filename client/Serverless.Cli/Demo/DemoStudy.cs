using Serverless.Cli.Shell;
using Serverless.Cli.Studies;
using Serverless.Cli.Terminal;
using Serverless.Client;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;

namespace Serverless.Cli.Demo;

/// <summary>Looks for better parameters than the algorithm's own; only a model that is better than the first one goes live.</summary>
internal sealed class DemoStudy(ServerlessClient client, DemoSteps steps)
{
    private const string Metric = "accuracy";
    private const int Trials = 8;

    /// <summary>Fixed, so that the demo shows the same to everybody. Any other finds better parameters than the first too, mostly others.</summary>
    private const long Seed = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Runs the study to its end.</summary>
    /// <param name="first">The job that made the model which is live.</param>
    /// <param name="accuracy">That model's.</param>
    public async Task<Study> RunAsync(Job first, double accuracy)
    {
        var study = await steps.AwaitAsync("the study is submitted", Patience, stop => client.Studies.SubmitAsync(Spec(first, accuracy), cancel: stop));
        steps.Say($"study: {Trials} trials, 2 at once, search for a model that is better than {Words.Number(accuracy)}");
        study = await steps.AwaitAsync("the study ends well", Patience, stop => WatchAsync(study, stop));
        return study is { Status: StudyStatus.Succeeded, Model: not null, Best.Count: 1 }
            ? study
            : throw CliException.Failed($"The demo failed at its step 'the study ends well': {study.Id} is {Words.Of(study.Status)}: {study.Message}", study.Cure);
    }

    private static StudySpec Spec(Job first, double accuracy) => new()
    {
        Name = first.Spec.Model!.Name,
        Objectives = [new ObjectiveSpec { Metric = Metric, Direction = ObjectiveDirection.Maximize }],
        Space = new SpaceSpec
        {
            Parameters =
            [
                new ParameterSpec { Name = "l2", Type = ParameterType.Float, Low = 0.01, High = 100, Log = true },
                new ParameterSpec { Name = "max-iterations", Type = ParameterType.Int, Low = 20, High = 200, Step = 20 },
            ],
        },
        Limits = new StudyLimitSpec { Trials = Trials, Parallelism = 2 },
        Seed = Seed,
        Job = first.Spec with
        {
            Name = null,
            Model = first.Spec.Model with { Gate = [new GateSpec(Metric, GateOperator.Above, accuracy)] },
        },
    };

    private async Task<Study> WatchAsync(Study study, CancellationToken cancel)
    {
        var said = 0;
        await foreach (var now in client.Studies.WatchAsync(study.Id, cancel))
        {
            study = now;
            if (now.Trials.Complete == said || now.Best is not [var best, ..])
                continue;
            said = now.Trials.Complete;
            steps.Say($"  {said} of {Trials} trials, best: {StudyText.Values(now, best)} with {StudyText.Parameters(best)}");
        }

        return study;
    }
}
