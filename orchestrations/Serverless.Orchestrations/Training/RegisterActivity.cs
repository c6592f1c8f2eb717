using System.Diagnostics;
using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Core.Telemetry;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Models;

namespace Serverless.Orchestrations.Training;

/// <summary>Takes the model that a job made into the registry, or ends the job when it made none that can be served. Twice does no harm: see <see cref="ModelTaking"/>.</summary>
internal sealed class RegisterActivity(JobSet jobs, ModelTaking taking, JobEnding ending) : IActivity<JobStep, StepTaken>
{
    public async Task<StepTaken> RunAsync(ActivityCall call, JobStep input, CancellationToken cancel)
    {
        if (await jobs.FindAsync(input.JobId, cancel) is not { Status: JobStatus.Finishing } job)
            return new StepTaken(false);
        if (job.Spec.Model is null || job.Model is not null)
            return new StepTaken(true);
        var taken = await taking.TakeAsync(job, cancel);
        if (taken.Model is not { } id)
        {
            await ending.EndAsync(job.Id, taken.Missing ? JobReason.ModelMissing : JobReason.ModelInvalid, taken.Message, taken.Cure, cancel);
            return new StepTaken(false);
        }

        Activity.Current?.SetTag(TelemetryNames.Model, id);
        await jobs.UpdateAsync(job.Id, now => JobLife.Made(now, id), cancel);
        return new StepTaken(true);
    }
}
