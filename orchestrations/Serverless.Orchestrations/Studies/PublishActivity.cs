using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Studies;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Studies;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Models;

namespace Serverless.Orchestrations.Studies;

/// <summary>
/// Takes the best trial's model into the registry, holds it against the gate, and records the deployment that is asked for. Twice does no harm: the trial's job has ended and does not
/// change, it keeps its version number, and the deployment's id is made from the study's.
/// </summary>
internal sealed class PublishActivity(StudySet studies, JobSet jobs, ModelTaking taking, ModelRegistry registry, DeploymentSet deployments, TimeProvider clock) : IActivity<StudyStep, StudyPublished>
{
    private static readonly StudyPublished Nothing = new(null, null);

    public async Task<StudyPublished> RunAsync(ActivityCall call, StudyStep input, CancellationToken cancel)
    {
        if (await studies.FindAsync(input.StudyId, cancel) is not { Status: StudyStatus.Finishing, Spec.Job.Model: { } spec } study)
            return Nothing;
        if (study.Best.FirstOrDefault()?.JobId is not { } id || study.StopRequested || await jobs.FindAsync(id, cancel) is not { } job)
            return Nothing;
        job = job with { Spec = job.Spec with { Model = spec } };
        var taken = await taking.TakeAsync(job, cancel);
        if (taken.Model is not { } model)
            return Nothing with { Message = $"The best trial's model could not be taken: {taken.Message}", Cure = taken.Cure };
        await studies.UpdateAsync(study.Id, now => StudyLife.Made(now, model), cancel);
        var verdict = Gate.Evaluate(spec.Gate, job.Metrics);
        await registry.JudgeAsync(model, verdict, cancel);
        if (!verdict.Passed)
            return Nothing with { Message = verdict.Message, Cure = $"Search longer or wider, or lower the gate; the model is kept as '{model}' (rejected)." };
        return spec.Endpoint is { } endpoint ? new StudyPublished(await RecordAsync(study, endpoint, model, cancel), endpoint) : Nothing;
    }

    private async Task<string> RecordAsync(StudyRecord study, string endpoint, string model, CancellationToken cancel)
    {
        var deployment = new Deployment
        {
            Id = $"deployment-{study.Workflow[(study.Id.IndexOf('-', StringComparison.Ordinal) + 1)..]}",
            Endpoint = endpoint,
            Model = model,
            Status = DeploymentStatus.Running,
            CreatedAt = clock.GetUtcNow(),
            TraceParent = study.TraceParent,
        };
        await deployments.CreateAsync(deployment, cancel);
        return deployment.Id;
    }
}
