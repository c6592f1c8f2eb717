using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Core.Jobs;
using Serverless.Core.Jobs.Validation;
using Serverless.Core.Names;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Training;

namespace Serverless.Orchestrations.Submissions;

/// <summary>
/// Records a job and starts its workflow, once. The record is the decision: who writes it first has submitted the job.
/// When the host goes down between the two, the sweep starts the workflow (<see cref="Sweeps.JobSweep"/>).
/// </summary>
public sealed class JobSubmission(JobSet jobs, IWorkflowClient workflows, IIdSource ids, PoolTable pools, TimeProvider clock)
{
    /// <summary>Longest idempotency key in characters.</summary>
    public const int MaxKeyLength = 256;

    /// <summary>Submits a job.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="source"><c>api</c> or <c>trigger:{name}</c>.</param>
    /// <param name="idempotencyKey">The same key gives the same job, however often it is submitted; null: a new job.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The job's record: the new one, or the one that the key made before.</returns>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all errors; <c>conflict</c> when the key was used for another job.</exception>
    public async Task<JobRecord> SubmitAsync(JobSpec spec, string source, string? idempotencyKey, CancellationToken cancel)
    {
        Require(spec, idempotencyKey);
        if (idempotencyKey is null)
            return await EnsureAsync(Draft(spec, source), cancel);

        var request = Hash(JsonSerializer.Serialize(spec, ContractsJson.Default.JobSpec));
        var job = await EnsureAsync(Draft(spec, source, $"job-{Hash($"{source}\n{idempotencyKey}")[..24]}") with { RequestSha256 = request }, cancel);
        return job.RequestSha256 == request
            ? job
            : throw Fail.Conflict($"The idempotency key {Shown.Quote(idempotencyKey)} was used for job '{job.Id}', which is another one.", "Use a new key for a new job.");
    }

    /// <summary>A job as it is recorded first, under an id of its own or a new one.</summary>
    internal JobRecord Draft(JobSpec spec, string source, string? id = null) => new()
    {
        Id = id ?? ids.Next("job"),
        Name = JobNames.Of(spec),
        Spec = spec,
        Source = source,
        CreatedAt = clock.GetUtcNow(),
    };

    /// <summary>Records a job unless it is recorded, and starts its workflow unless it runs or the job has ended. Any number of times, from any number of hosts: one job, one workflow.</summary>
    internal async Task<JobRecord> EnsureAsync(JobRecord job, CancellationToken cancel)
    {
        if (!await jobs.CreateAsync(job, cancel))
            job = await jobs.FindAsync(job.Id, cancel) ?? throw Fail.Conflict($"The job '{job.Id}' was deleted while it was being submitted.", "Submit it again.");
        await StartAsync(job, cancel);
        return job;
    }

    /// <summary>Starts the workflow of a job that has not ended. One that has ended is left alone here, because an engine may start an id anew once its workflow is forgotten.</summary>
    internal async Task StartAsync(JobRecord job, CancellationToken cancel)
    {
        if (!job.Ended)
            await workflows.StartAsync(TrainingNames.Workflow, job.Id, new TrainingInput(job.Id), cancel);
    }

    private void Require(JobSpec spec, string? key)
    {
        var errors = JobValidation.Check(spec, "").ToList();
        if (errors.Count == 0 && pools.Check(spec.Resources.Pool) is { } missing)
            errors.Add(missing);
        if (key is not null && (key.Length is 0 or > MaxKeyLength))
            errors.Add(new FieldError("Idempotency-Key", $"The idempotency key has {key.Length} characters; 1 to {MaxKeyLength} are allowed.", "Send a random identifier."));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
