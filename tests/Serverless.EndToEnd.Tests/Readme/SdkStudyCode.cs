using Serverless.Client;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;

namespace Serverless.EndToEnd.Tests.Readme;

/// <summary>The code of docs/sdk.md on studies, compiled and run by <see cref="SdkTests"/>.</summary>
internal static class SdkStudyCode
{
    public static async Task<(Study Study, StudyImportance Importance)> RunAsync(ServerlessClient serverless)
    {
        // sdk: begin
        var study = await serverless.Studies.SubmitAsync(new StudySpec
        {
            Name = "digits",
            Job = new JobSpec
            {
                Program = new ProgramSpec { Algorithm = "logistic-regression" },
                Arguments = ["--target", "label"],
                Inputs = [new InputSpec { Channel = "train", Dataset = "digits" }],
            },
            Space = new SpaceSpec
            {
                Parameters =
                [
                    new() { Name = "l2", Type = ParameterType.Float, Low = 1e-4, High = 100, Log = true },
                    new() { Name = "max-iterations", Type = ParameterType.Int, Low = 20, High = 80, Step = 20 },
                ],
            },
            Objectives = [new ObjectiveSpec { Metric = "accuracy", Direction = ObjectiveDirection.Maximize }],
            Limits = new StudyLimitSpec { Trials = 4, Parallelism = 2 },
        });

        // Each time that a trial has begun or ended; last as it ended.
        await foreach (var now in serverless.Studies.WatchAsync(study.Id))
            Console.WriteLine($"{now.Trials.Complete} of {now.Spec.Limits.Trials} complete, best {now.Best.FirstOrDefault()?.Values[0]}");

        // It has reached its limit: with a higher one it goes on with all its trials.
        await serverless.Studies.ResumeAsync(study.Id, new StudyResume { Trials = 12, Parallelism = 4 });
        study = await serverless.Studies.WaitAsync(study.Id);

        var best = study.Best[0];
        Console.WriteLine($"{best.Values[0]} with {string.Join(' ', best.Parameters.Select(parameter => $"--{parameter.Key} {parameter.Value}"))}");

        // Which parameters mattered, from ten complete trials on.
        var importance = await serverless.Studies.ImportanceAsync(study.Id);
        foreach (var parameter in importance.Parameters)
            Console.WriteLine($"{parameter.Name}: {parameter.Importance:P0}");

        // sdk: end
        return (study, importance);
    }
}
