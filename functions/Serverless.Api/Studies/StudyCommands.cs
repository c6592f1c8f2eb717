using Microsoft.AspNetCore.Http;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Wire;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies;

namespace Serverless.Api.Studies;

/// <summary>Makes, changes and stops studies.</summary>
internal sealed class StudyCommands(StudySubmission submission, StudyChanges changes, StudyResuming resuming)
{
    /// <summary>Where studies that come over the API say that they came from.</summary>
    private const string Source = "api";

    /// <summary>Submits one.</summary>
    public async Task SubmitAsync(ApiCall call, CancellationToken cancel)
    {
        var key = IdempotencyKey.Of(call.Http.Request);
        var spec = await call.ReadAsync(ContractsJson.Default.StudySpec, cancel);
        var study = await submission.SubmitAsync(spec, Source, key, cancel);
        call.Http.Response.Headers.Location = Contracts.Routes.Fill(Contracts.Routes.Study, study.Id);
        await WriteAsync(call, study, StatusCodes.Status201Created, cancel);
    }

    /// <summary>Asks for one to stop.</summary>
    public async Task StopAsync(ApiCall call, CancellationToken cancel) =>
        await WriteAsync(call, await changes.StopAsync(StudyQueries.Id(call), cancel), StatusCodes.Status202Accepted, cancel);

    /// <summary>Changes the limits of one.</summary>
    public async Task ResizeAsync(ApiCall call, CancellationToken cancel)
    {
        var resize = await call.ReadAsync(ContractsJson.Default.StudyResize, cancel);
        await WriteAsync(call, await changes.ResizeAsync(StudyQueries.Id(call), resize, cancel), StatusCodes.Status200OK, cancel);
    }

    /// <summary>Lets one that has ended go on.</summary>
    public async Task ResumeAsync(ApiCall call, CancellationToken cancel)
    {
        var key = IdempotencyKey.Of(call.Http.Request);
        var resume = await call.ReadAsync(ContractsJson.Default.StudyResume, cancel);
        await WriteAsync(call, await resuming.ResumeAsync(StudyQueries.Id(call), resume, key, cancel), StatusCodes.Status200OK, cancel);
    }

    private static Task WriteAsync(ApiCall call, StudyRecord study, int status, CancellationToken cancel) =>
        call.WriteAsync(StudyViews.View(study), ContractsJson.Default.Study, cancel, status);
}
