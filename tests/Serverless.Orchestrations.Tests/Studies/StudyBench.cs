using System.Text;
using System.Text.Json;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Studies;
using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>Studies on the bench: agents that run trials as a function of their parameters, time that goes from timer to timer.</summary>
internal sealed class StudyBench(Bench bench)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public StudySet Studies => bench.Get<StudySet>();

    /// <summary>A study of one number, whose loss is its distance from 0.3, squared.</summary>
    public static StudySpec Spec(int trials = 6, int parallelism = 1) => new()
    {
        Name = "search",
        Job = Some.Spec(),
        Space = new SpaceSpec { Parameters = [new ParameterSpec { Name = "x", Type = ParameterType.Float, Low = 0, High = 1 }] },
        Objectives = [new ObjectiveSpec { Metric = "loss" }],
        Sampler = new TunerSpec("random"),
        Limits = new StudyLimitSpec { Trials = trials, Parallelism = parallelism },
        Seed = 7,
    };

    public static double Loss(JobTrial trial) => Math.Pow(trial.Parameters["x"].Number!.Value - 0.3, 2);

    public Task<StudyRecord> SubmitAsync(StudySpec spec, string? key = null) => bench.Get<StudySubmission>().SubmitAsync(spec, "api", key, Cancel);

    public async Task<StudyRecord> StudyAsync(string id) => await Studies.FindAsync(id, Cancel) ?? throw new InvalidOperationException($"There is no study '{id}'.");

    public Task<IReadOnlyList<StudyTrial>> TrialsAsync(StudyRecord study) => bench.Get<StudyTrials>().ReadAsync(study, 0, 100_000, Cancel);

    /// <summary>The jobs of trials, by number.</summary>
    public async Task<IReadOnlyList<JobRecord>> JobsAsync() =>
        [.. (await bench.Jobs.QueryAsync(null, null, 1_000, null, Cancel)).Records.Where(job => job.Trial is not null).OrderBy(job => job.Trial!.Number)];

    /// <summary>Runs until a study has ended. When all rests, every trial that waits is claimed, and every one that runs takes a step.</summary>
    /// <param name="id">The study.</param>
    /// <param name="step">What a running trial does: reports, ends.</param>
    /// <param name="stir">Done before each round.</param>
    /// <param name="answersStop">A running trial that is to stop ends; false: its node hears nothing any more.</param>
    public async Task<StudyRecord> EndOfAsync(string id, Func<JobRecord, Task>? step = null, Func<Task>? stir = null, bool answersStop = true)
    {
        step ??= job => ExitAsync(job, JobReason.Completed, ("loss", Loss(job.Trial!)));
        for (var rounds = 0; rounds < 5_000; rounds++)
        {
            await bench.Engine.PumpAsync(Cancel);
            var study = await StudyAsync(id);
            if (study.Ended)
                return study;
            await (stir?.Invoke() ?? Task.CompletedTask);
            var acted = false;
            foreach (var job in await JobsAsync())
                acted |= await ActAsync(job, step, answersStop);
            await bench.Engine.PumpAsync(Cancel);
            if (!acted && bench.Engine.NextDue() is { } due && due > bench.Clock.GetUtcNow())
                bench.Clock.Advance(due - bench.Clock.GetUtcNow());
        }

        throw new TimeoutException($"Study '{id}' did not end: {(await StudyAsync(id)).Status}.");
    }

    /// <summary>A running trial reports metrics and goes on.</summary>
    public Task ReportAsync(JobRecord job, params (string Name, double Value, long Step)[] metrics) =>
        SendAsync(job, null, [.. metrics.Select(metric => new MetricPoint(metric.Name, metric.Value, metric.Step, bench.Clock.GetUtcNow()))]);

    /// <summary>A running trial ends with some last metrics. One that wrote a model leaves its file.</summary>
    public async Task ExitAsync(JobRecord job, JobReason reason, params (string Name, double Value)[] metrics)
    {
        if (reason == JobReason.Completed)
            await bench.Artifacts.PutAsync(ArtifactPaths.File(job.Id, job.Epoch, FileKind.Model, "model.onnx"), new MemoryStream([1, 2, 3]), PutOptions.Overwrite, Cancel);
        var exit = new AttemptExit { Reason = reason, ExitCode = reason == JobReason.Completed ? 0 : 1, At = bench.Clock.GetUtcNow(), LogTail = ["last words"] };
        await SendAsync(job, exit, [.. metrics.Select(metric => new MetricPoint(metric.Name, metric.Value, null, bench.Clock.GetUtcNow()))]);
    }

    /// <summary>The reaper, twice when it meets the crash.</summary>
    public async Task ReapAsync()
    {
        if (await Record.ExceptionAsync(() => bench.Get<Reaper>().RunAsync(Cancel)) is CrashException)
            await bench.Get<Reaper>().RunAsync(Cancel);
    }

    private static (JobStatus, int, long, bool) Stand(JobRecord job) => (job.Status, job.Epoch, job.Points, job.Exit is null);

    /// <summary>Whether it changed anything.</summary>
    private async Task<bool> ActAsync(JobRecord job, Func<JobRecord, Task> step, bool answersStop)
    {
        // The agent's messages crash the host too: it sends them again.
        for (var tries = 0; tries < 3; tries++)
        {
            job = await bench.JobAsync(job.Id);
            var failed = await Record.ExceptionAsync(async () =>
            {
                if (job.Status == JobStatus.Queued && !job.StopRequested)
                    await bench.ClaimAsync(job.Id);
                else if (job.Status is JobStatus.Starting or JobStatus.Running && job.Exit is null)
                    await (job.StopRequested && answersStop ? ExitAsync(job, JobReason.StopRequested) : job.StopRequested ? Task.CompletedTask : step(job));
            });
            if (failed is null)
                return Stand(job) != Stand(await bench.JobAsync(job.Id));
            if (failed is not CrashException)
                throw failed;
        }

        return true;
    }

    /// <summary>Stores a report as the API does: points behind those that are stored, then the record.</summary>
    private async Task SendAsync(JobRecord job, AttemptExit? exit, MetricPoint[] points)
    {
        var report = new AttemptReport
        {
            NodeId = job.Lease!.NodeId,
            Epoch = job.Epoch,
            Phase = exit is null ? AttemptPhase.Running : AttemptPhase.Exited,
            FirstPoint = job.Points,
            Points = points,
            StartedAt = job.StartedAt ?? bench.Clock.GetUtcNow(),
            Exit = exit,
        };
        var lines = Encoding.UTF8.GetBytes(string.Concat(points.Select(point => JsonSerializer.Serialize(point, ContractsJson.Default.MetricPoint) + "\n")));
        var end = job.PointBytes + lines.Length;
        if (lines.Length > 0)
            await bench.Artifacts.AppendAsync(ArtifactPaths.Metrics(job.Id, job.Epoch), job.PointBytes, lines, Cancel);
        var after = await bench.Jobs.UpdateAsync(job.Id, now => JobLife.Report(now, report, new PoolOptions().Lease, bench.Clock.GetUtcNow()) with { PointBytes = end }, Cancel);
        await bench.Get<JobNews>().TellAsync(job, after!, Cancel);
    }
}
