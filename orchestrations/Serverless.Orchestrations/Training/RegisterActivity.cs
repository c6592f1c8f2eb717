using System.Diagnostics;
using Serverless.Contracts.Jobs;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Names;
using Serverless.Core.Telemetry;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Models;

namespace Serverless.Orchestrations.Training;

/// <summary>
/// Takes the model that a job made into the registry: its file is there, it can be loaded, its signature is known. Twice does no harm: the job keeps its version number,
/// the copy is overwritten by the same bytes, and a version that is noted is left alone.
/// </summary>
internal sealed class RegisterActivity(JobSet jobs, ModelIntake intake, IEndpointHost host, ModelRegistry registry, JobEnding ending) : IActivity<JobStep, StepTaken>
{
    public async Task<StepTaken> RunAsync(ActivityCall call, JobStep input, CancellationToken cancel)
    {
        if (await jobs.FindAsync(input.JobId, cancel) is not { Status: JobStatus.Finishing } job)
            return new StepTaken(false);
        if (job.Spec.Model is not { } spec || job.Model is not null)
            return new StepTaken(true);
        if (await intake.TakeAsync(job, cancel) is not { } file)
        {
            var missing = $"The program ended well, but wrote no file {Shown.Quote(spec.File)} to its model folder.";
            await ending.EndAsync(job.Id, JobReason.ModelMissing, missing, null, cancel);
            return new StepTaken(false);
        }

        var id = ModelSet.Id(file.Name, file.Version);
        Activity.Current?.SetTag(TelemetryNames.Model, id);
        await registry.AddAsync(job, file, cancel);
        var check = await host.PrepareAsync(new EndpointModel(file.Name, file.Version), cancel);
        if (!check.Passed)
        {
            await registry.RemoveAsync(id, cancel);
            await ending.EndAsync(job.Id, JobReason.ModelInvalid, $"The file {Shown.Quote(spec.File)} is no model that can be served: {check.Message}", check.Cure, cancel);
            return new StepTaken(false);
        }

        await registry.SignAsync(id, check, cancel);
        await jobs.UpdateAsync(job.Id, now => JobLife.Made(now, id), cancel);
        return new StepTaken(true);
    }
}
