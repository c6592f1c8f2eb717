using Serverless.Cli.Endpoints;
using Serverless.Cli.Hosts;
using Serverless.Cli.Shell;
using Serverless.Cli.Shown;
using Serverless.Cli.Studies;
using Serverless.Cli.Terminal;
using Serverless.Client;
using Serverless.Client.Hosts;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Models;
using Serverless.Contracts.Triggers;

namespace Serverless.Cli.Demo;

/// <summary>The main job on real input. After the upload it only watches: all that happens, the host does by itself.</summary>
internal sealed class DemoRun(Invocation run, HostProcess host, string dataFolder, DemoSteps steps)
{
    private const string Name = "digits";
    private const double Gate = 0.93;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TrainingPatience = TimeSpan.FromSeconds(120);

    private readonly TimeProvider clock = run.Io.Clock;

    /// <summary>All of it, from a started host to everything back at zero.</summary>
    public async Task<DemoReport> DoAsync(DigitsSplit digits, CancellationToken cancel)
    {
        var running = await steps.AwaitAsync("the host answers", Patience, host.AnswersAsync);
        var hostStart = steps.Elapsed;
        steps.Say($"host at {running.Url}, data in {dataFolder}");
        using var client = new ServerlessClient(new Uri(running.Url), LocalHost.ReadKey(dataFolder));
        if (await steps.AwaitAsync("no nodes at first", Patience, stop => NodeWatch.CountAsync(client, stop)) is > 0 and var early)
            throw CliException.Failed($"The demo failed at its step 'no nodes at first': there are {early}.");
        await steps.AwaitAsync("the trigger is declared", Patience, stop => client.Triggers.PutAsync(Name, Trigger(), stop));
        steps.Say($"trigger: data under {Name}/ trains logistic-regression; accuracy ≥ {Words.Number(Gate)} goes live as '{Name}'");

        await using var nodes = new NodeWatch(client, steps, clock);
        var uploaded = clock.GetUtcNow();
        var data = await steps.AwaitAsync("the upload", Patience, stop => client.Data.PutBytesAsync(Name, "train.csv", digits.Upload, stop));
        steps.Say($"uploaded {digits.UploadRows} rows as {Name}@{Words.Short(data.Version)}; {digits.Truth.Count} rows are kept aside. From here on only watching");

        var job = await TrainAsync(client, data, cancel);
        var model = await ModelAsync(client, job, data);
        var endpoint = await EndpointAsync(client, job.Model!);
        var (right, first) = await PredictAsync(client, digits);
        var study = await StudyAsync(client, job, model.Metrics["accuracy"], digits);
        await AtZeroAsync(client, nodes);

        return new DemoReport
        {
            Accuracy = model.Metrics["accuracy"],
            PredictionsChecked = digits.Truth.Count,
            PredictionsRight = right,
            SubmitToRunningMs = Milliseconds(job.StartedAt!.Value - job.CreatedAt),
            UploadToRunningMs = Milliseconds(job.StartedAt.Value - uploaded),
            HostStartMs = Milliseconds(hostStart),
            FirstPredictionMs = Milliseconds(first),
            TotalSeconds = Math.Round(steps.Elapsed.TotalSeconds, 2),
            NodesPeak = nodes.Peak,
            NodesAfter = await NodeWatch.CountAsync(client, cancel),
            SessionsAfter = (await client.Endpoints.GetAsync(Name, cancel)).Sessions,
            Model = job.Model!,
            Endpoint = endpoint.Name,
            Url = running.Url,
            Job = job.Id,
            Dataset = $"{data.Name}@{data.Version}",
            Cost = Math.Round(job.Cost?.Amount ?? 0, 9),
            PricePerHour = job.Cost?.PricePerHour ?? 0,
            Currency = job.Cost?.Currency ?? "USD",
            Study = study,
        };
    }

    private static TriggerSpec Trigger() => new()
    {
        Prefix = $"{Name}/",
        Job = new JobSpec
        {
            Name = "learn digits",
            Program = new ProgramSpec { Algorithm = "logistic-regression" },
            Arguments = ["--target", "label"],
            Inputs = [new InputSpec { Channel = "train" }],
            Model = new ModelSpec { Name = Name, Gate = [new GateSpec("accuracy", GateOperator.AtLeast, Gate)], Endpoint = Name },
        },
    };

    private async Task<Job> TrainAsync(ServerlessClient client, DatasetVersion data, CancellationToken cancel)
    {
        var id = await steps.AwaitSomeAsync("the upload starts a workflow", Patience, async stop => (await client.Triggers.GetAsync(Name, stop)).LastJobId);
        steps.Say($"workflow started by the upload: {id}");
        var watch = new TrainingWatch(client, steps);
        var job = await steps.AwaitAsync("the training ends well", TrainingPatience, stop => watch.WatchAsync(id, stop));
        if (job.Status != JobStatus.Succeeded)
        {
            var log = job.LogTail.Count > 0 ? $"\nThe last lines of the job's log:\n  {string.Join("\n  ", job.LogTail.TakeLast(15))}" : "";
            throw CliException.Failed($"The demo failed at its step 'the training ends well': {id} is {Words.Of(job.Status)} ({Words.Of(job.Reason)}): {job.Message}{log}", job.Cure);
        }

        return job.Spec.Inputs.Any(input => input.Dataset == $"{data.Name}@{data.Version}") && job.StartedAt is not null && job.Model is not null
            ? job
            : throw CliException.Failed($"The demo failed at its step 'the training ends well': {id} does not say that it ran on {data.Name}@{data.Version} and made a model.");
    }

    private async Task<ModelVersion> ModelAsync(ServerlessClient client, Job job, DatasetVersion data)
    {
        var model = await steps.AwaitAsync("the model is registered", Patience, stop => client.Models.GetAsync(job.Model!, stop));
        if (model.Lineage.JobId != job.Id || !model.Lineage.Datasets.Values.Contains($"{data.Name}@{data.Version}"))
            throw CliException.Failed($"The demo failed at its step 'the model is registered': the lineage of {job.Model} does not name {job.Id} and the uploaded data.");
        steps.Say($"model {job.Model} registered: {Words.Bytes(model.SizeBytes)} of ONNX, from {job.Id} and {Name}@{Words.Short(data.Version)}");
        if (model.Gate is not [{ Passed: true, Value: { } value }] || value < Gate)
            throw CliException.Failed($"The demo failed at its step 'the gate': {job.Model} has no passed gate on accuracy.");
        steps.Say($"gate passed: accuracy {Words.Number(value)} ≥ {Words.Number(Gate)}");
        return model;
    }

    private Task<Endpoint> EndpointAsync(ServerlessClient client, string model) => steps.AwaitSomeAsync("the endpoint takes the model", Patience, async stop =>
    {
        var endpoint = await client.Endpoints.GetAsync(Name, stop);
        var answers = endpoint.Traffic.Any(share => $"{share.Model}@{share.Version}" == model && share.Weight == 100);
        if (answers)
            steps.Say($"endpoint '{Name}' answers with {model}");
        return answers ? endpoint : null;
    });

    private async Task<(int Right, TimeSpan First)> PredictAsync(ServerlessClient client, DigitsSplit digits)
    {
        var begin = clock.GetTimestamp();
        await steps.AwaitAsync("the first prediction", Patience, stop => client.Endpoints.PredictCsvAsync(Name, digits.First(), stop));
        var first = clock.GetElapsedTime(begin);
        var right = await RightAsync(client, digits);
        steps.Say($"predictions for the rows put aside: {right} of {digits.Truth.Count} right; the first took {Words.Time(first)}");
        return (right, first);
    }

    private async Task<DemoStudyShown> StudyAsync(ServerlessClient client, Job job, double accuracy, DigitsSplit digits)
    {
        var begin = clock.GetTimestamp();
        var study = await new DemoStudy(client, steps).RunAsync(job, accuracy);
        await EndpointAsync(client, study.Model!);
        var took = clock.GetElapsedTime(begin);
        var right = await RightAsync(client, digits);
        steps.Say($"predictions for the rows put aside, with the best of the study: {right} of {digits.Truth.Count} right");
        return new DemoStudyShown
        {
            Id = study.Id,
            Trials = study.Trials.Complete,
            Accuracy = study.Best[0].Values[0],
            Parameters = StudyText.Parameters(study.Best[0]),
            Model = study.Model!,
            PredictionsRight = right,
            Seconds = Math.Round(took.TotalSeconds, 2),
            Cost = Math.Round(study.Cost, 9),
        };
    }

    private async Task<int> RightAsync(ServerlessClient client, DigitsSplit digits)
    {
        var answer = await steps.AwaitAsync("the predictions", Patience, stop => client.Endpoints.PredictCsvAsync(Name, digits.Aside, stop));
        if (answer.Predictions.Count != digits.Truth.Count)
            throw CliException.Failed($"The demo failed at its step 'the predictions': {digits.Truth.Count} rows were asked and {answer.Predictions.Count} answered.");
        var right = answer.Predictions.Zip(digits.Truth).Count(pair => PredictCommand.Label(pair.First) == pair.Second);
        // What the gate saw was a part of the training data; what was put aside should come out much the same.
        return right >= 0.9 * digits.Truth.Count
            ? right
            : throw CliException.Failed($"The demo failed at its step 'the predictions': only {right} of {digits.Truth.Count} are right.");
    }

    private async Task AtZeroAsync(ServerlessClient client, NodeWatch nodes)
    {
        steps.Seen("the endpoint's session is loaded");
        await steps.AwaitSomeAsync("the endpoint is unloaded", Patience, async stop => (await client.Endpoints.GetAsync(Name, stop)) is { Sessions: 0 } idle ? idle : null);
        steps.Say("endpoint idle: its session is unloaded");
        await steps.AwaitSomeAsync("the nodes leave", Patience, async stop =>
        {
            var count = await NodeWatch.CountAsync(client, stop);
            steps.Seen($"{count} node(s)");
            return count == 0 ? "none" : null;
        });
        if (nodes.Peak == 0)
            throw CliException.Failed("The demo failed at its step 'a node appears': none was seen.");
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
