using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Experiments;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Core.Jobs;
using Serverless.Core.Jobs.Validation;
using Serverless.Core.Names;
using Serverless.Core.Telemetry;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Placement;
using Serverless.Orchestrations.Training;

namespace Serverless.Orchestrations.Submissions;

/// <summary>
/// Records a job and starts its workflow, once. The record is the decision: who writes it first has submitted the job.
/// When the host goes down between the two, the sweep starts the workflow (<see cref="Sweeps.JobSweep"/>).
/// </summary>
public sealed class JobSubmission(
    JobSet jobs, ExperimentSet experiments, IWorkflowClient workflows, IIdSource ids, JobPlacing placing, MonthlyBudget budget, TimeProvider clock)
{
    /// <summary>Longest idempotency key in characters.</summary>
    public const int MaxKeyLength = 256;

    /// <summary>Submits a job.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="source"><c>api</c> or <c>trigger:{name}</c>.</param>
    /// <param name="idempotencyKey">The same key gives the same job, however often it is submitted; null: a new job.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The job's record: the new one, or the one that the key made before.</returns>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all errors; <c>no_quota</c>, <c>no_capacity</c>, <c>over_budget</c>; <c>conflict</c> when the key was used for another job.</exception>
    public async Task<JobRecord> SubmitAsync(JobSpec spec, string source, string? idempotencyKey, CancellationToken cancel)
    {
        if (idempotencyKey is null)
            return await EnsureAsync(Draft(spec, source) with { Placement = await PlaceAsync(spec, null, cancel) }, cancel);

        var request = Hash(JsonSerializer.Serialize(spec, ContractsJson.Default.JobSpec));
        var draft = Draft(spec, source, $"job-{Hash($"{source}\n{idempotencyKey}")[..24]}") with { RequestSha256 = request };

        // What was submitted before is not refused now for what has become short since.
        if (await jobs.FindAsync(draft.Id, cancel) is null)
            draft = draft with { Placement = await PlaceAsync(spec, idempotencyKey, cancel) };
        var job = await EnsureAsync(draft, cancel);
        return job.RequestSha256 == request
            ? job
            : throw Fail.Conflict($"The idempotency key {Shown.Quote(idempotencyKey)} was used for job '{job.Id}', which is another one.", "Use a new key for a new job.");
    }

    /// <summary>What a job would run on and could cost. Makes nothing.</summary>
    /// <exception cref="ServerlessException">As <see cref="SubmitAsync"/> throws.</exception>
    public Task<JobPlacement> EstimateAsync(JobSpec spec, CancellationToken cancel) => PlaceAsync(spec, null, cancel);

    /// <summary>A job as it is recorded first, under an id of its own or a new one.</summary>
    internal JobRecord Draft(JobSpec spec, string source, string? id = null) => new()
    {
        Id = id ?? ids.Next("job"),
        Name = JobNames.Of(spec),
        Spec = spec,
        Source = source,
        CreatedAt = clock.GetUtcNow(),
        TraceParent = TraceContext.Current,
    };

    /// <summary>Records a job unless it is recorded, and starts its workflow unless it runs or the job has ended. Any number of times, from any number of hosts: one job, one workflow.</summary>
    internal async Task<JobRecord> EnsureAsync(JobRecord job, CancellationToken cancel)
    {
        // First the experiment, then its member: a crash between the two leaves an experiment that the next try fills, never a job whose experiment nobody finds.
        if (job is { Trial: null, Spec.Experiment: { } experiment })
            await experiments.OpenAsync(experiment, clock.GetUtcNow(), cancel);
        if (!await jobs.CreateAsync(job, cancel))
            job = await jobs.FindAsync(job.Id, cancel) ?? throw Fail.Conflict($"The job '{job.Id}' was deleted while it was being submitted.", "Submit it again.");
        await StartAsync(job, cancel);
        return job;
    }

    /// <summary>Starts the workflow of a job that has not ended. One that has ended is left alone here, because an engine may start an id anew once its workflow is forgotten.</summary>
    internal async Task StartAsync(JobRecord job, CancellationToken cancel)
    {
        if (!job.Ended)
            await workflows.StartAsync(TrainingNames.Workflow, job.Id, new TrainingInput(job.Id) { TraceParent = job.TraceParent }, cancel);
    }

    /// <summary>Everything that is wrong is said at once; that no machine fits too, as long as what is asked of it can be understood.</summary>
    private async Task<JobPlacement> PlaceAsync(JobSpec spec, string? key, CancellationToken cancel)
    {
        var errors = JobValidation.Check(spec, "").ToList();
        if (key is not null && (key.Length is 0 or > MaxKeyLength))
            errors.Add(new FieldError("Idempotency-Key", $"The idempotency key has {key.Length} characters; 1 to {MaxKeyLength} are allowed.", "Send a random identifier."));
        try
        {
            var isClear = !errors.Any(error => error.Path.StartsWith("resources", StringComparison.Ordinal) || error.Path.StartsWith("limits", StringComparison.Ordinal));
            var placement = isClear ? await placing.PlaceAsync(spec, cancel) : null;
            if (errors.Count == 0 && placement is not null)
                await budget.CheckAsync(placement, cancel);
            return errors.Count == 0 && placement is not null ? placement : throw Fail.Invalid(errors);
        }
        catch (ServerlessException failed) when (errors.Count > 0 && failed.Code == ProblemCodes.Invalid)
        {
            throw Fail.Invalid([.. errors.Union(failed.Errors)]);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
