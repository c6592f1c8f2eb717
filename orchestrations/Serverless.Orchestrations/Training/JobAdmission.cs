using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Core.Datasets;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Jobs.Validation;
using Serverless.Core.Secrets;
using Serverless.Orchestrations.Datasets;
using Serverless.Orchestrations.Placement;

namespace Serverless.Orchestrations.Training;

/// <summary>Finds what a job asks for.</summary>
internal sealed class JobAdmission(JobSet jobs, DatasetLookup datasets, JobPlacing placing, PoolTable pools, JobSecrets secrets)
{
    /// <summary>The machine of a job: the one that was chosen when it was submitted, if its pool is still there; else it is chosen now.</summary>
    /// <exception cref="ServerlessException">As <see cref="JobPlacing.PlaceAsync"/> throws.</exception>
    public async Task<JobPlacement> PlaceAsync(JobRecord job, CancellationToken cancel) =>
        job.Placement is { } chosen && pools.Find(chosen.Pool) is not null ? chosen : await placing.PlaceAsync(job.Spec, cancel);

    /// <summary>The checkpoint that a job begins with; null when it asks for none.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c> when the job that it names is not there.</exception>
    public async Task<JobOrigin?> OriginAsync(JobSpec spec, CancellationToken cancel) =>
        spec.CheckpointFrom is not { } from ? null
        : await jobs.FindAsync(from, cancel) is { } named ? JobOrigin.Of(named)
        : throw Fail.NotFound("job", from, "Name the job whose checkpoint this one is to begin with ('serverless job list'), or leave 'checkpointFrom' out.");

    /// <summary>The job with its data sets resolved to versions.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with everything that is missing or wrong, at once.</exception>
    public async Task<JobSpec> ResolveAsync(JobSpec spec, CancellationToken cancel)
    {
        // A job of a trigger was checked when the trigger was made, perhaps by other rules than today's.
        var errors = JobValidation.Check(spec, "").ToList();
        if (errors.Count == 0)
            errors.AddRange(await secrets.MissingAsync(spec.Environment, cancel));
        var inputs = new List<InputSpec>();
        for (var i = 0; i < spec.Inputs.Count && errors.Count == 0; i++)
            inputs.Add(spec.Inputs[i] with { Dataset = await FindAsync(spec.Inputs[i].Dataset!, cancel) });
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
        return spec with { Inputs = inputs };

        async Task<string> FindAsync(string text, CancellationToken token)
        {
            var version = await datasets.RequireAsync(DatasetRef.Parse(text), token);
            return DatasetSet.Id(version.Name, version.Version);
        }
    }
}
