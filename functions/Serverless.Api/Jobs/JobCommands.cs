using Microsoft.AspNetCore.Http;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Wire;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Submissions;

namespace Serverless.Api.Jobs;

/// <summary>Makes and stops jobs.</summary>
internal sealed class JobCommands(JobSubmission submission, JobStopping stopping, TimeProvider clock)
{
    /// <summary>Where jobs that come over the API say that they came from.</summary>
    private const string Source = "api";

    /// <summary>Submits one.</summary>
    public async Task SubmitAsync(ApiCall call, CancellationToken cancel)
    {
        var key = IdempotencyKey.Of(call.Http.Request);
        var spec = await call.ReadAsync(ContractsJson.Default.JobSpec, cancel);
        var job = await submission.SubmitAsync(spec, Source, key, cancel);
        call.Http.Response.Headers.Location = Contracts.Routes.Fill(Contracts.Routes.Job, job.Id);
        await WriteAsync(call, job, StatusCodes.Status201Created, cancel);
    }

    /// <summary>Says what one would run on and could cost.</summary>
    public async Task EstimateAsync(ApiCall call, CancellationToken cancel)
    {
        var spec = await call.ReadAsync(ContractsJson.Default.JobSpec, cancel);
        await call.WriteAsync(await submission.EstimateAsync(spec, cancel), ContractsJson.Default.JobPlacement, cancel);
    }

    /// <summary>Asks for one to stop.</summary>
    public async Task StopAsync(ApiCall call, CancellationToken cancel) =>
        await WriteAsync(call, await stopping.StopAsync(JobQueries.Id(call), cancel), StatusCodes.Status202Accepted, cancel);

    private Task WriteAsync(ApiCall call, JobRecord job, int status, CancellationToken cancel) =>
        call.WriteAsync(JobViews.View(job, clock.GetUtcNow()), ContractsJson.Default.Job, cancel, status);
}
