using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Models;
using Serverless.Contracts.Problems;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Core.Models;
using Serverless.Core.Names;
using Serverless.Core.Telemetry;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Deployments;

namespace Serverless.Orchestrations.Endpoints;

/// <summary>Starts a deployment: records it, then starts its workflow. When the host goes down between the two, the sweep starts the workflow.</summary>
public sealed class EndpointDeployments(DeploymentSet deployments, ModelSet models, IWorkflowClient workflows, IIdSource ids, TimeProvider clock)
{
    /// <summary>Puts a model version behind an endpoint, which is made when it does not exist. The old version answers until the new one has been checked, loaded and probed.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="request">The model version.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The deployment under way; its record says how it ends.</returns>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all errors; <c>not_found</c>; <c>conflict</c> for a version that is not approved.</exception>
    public async Task<Deployment> StartAsync(string endpoint, DeployRequest request, CancellationToken cancel)
    {
        Require(endpoint, request);
        var model = await FindAsync(request, cancel);
        var deployment = new Deployment
        {
            Id = ids.Next("deployment"),
            Endpoint = endpoint,
            Model = ModelSet.Id(model.Name, model.Version),
            Status = DeploymentStatus.Running,
            IdleSeconds = request.IdleSeconds,
            CreatedAt = clock.GetUtcNow(),
            TraceParent = TraceContext.Current,
        };
        await deployments.CreateAsync(deployment, cancel);
        await workflows.StartAsync(DeploymentNames.Workflow, deployment.Id, new DeploymentInput(deployment.Id) { TraceParent = deployment.TraceParent }, cancel);
        return deployment;
    }

    private static void Require(string endpoint, DeployRequest request)
    {
        var errors = NameRules.Check(endpoint, "endpoint", "endpoint").Concat(NameRules.Check(request.Model, "model", "model")).ToList();
        if (request.Version is < 1)
            errors.Add(new FieldError("version", $"The version {request.Version} is below 1.", "Give a version of the model, or leave it out for the newest approved."));
        if (request.IdleSeconds is < 1 or > 86_400)
            errors.Add(new FieldError("idleSeconds", $"{request.IdleSeconds} seconds are outside 1 to 86400.", "Give 1 to 86400."));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    private async Task<ModelVersion> FindAsync(DeployRequest request, CancellationToken cancel)
    {
        if (request.Version is not { } version)
        {
            var where = new Dictionary<string, string> { ["model"] = request.Model, ["stage"] = nameof(ModelStage.Approved) };
            var (approved, _) = await models.QueryAsync(where, null, 1_000, null, cancel);
            return approved.MaxBy(model => model.Version)
                ?? throw Fail.NotFound("approved version of model", request.Model, "List the versions of the model; train one that passes its gate.");
        }

        var id = ModelSet.Id(request.Model, version);
        var model = await models.FindAsync(id, cancel) ?? throw Fail.NotFound("model version", id, $"List the versions of model '{request.Model}'.");
        return model.Stage switch
        {
            ModelStage.Approved => model,
            ModelStage.Rejected => throw Fail.Conflict($"The model version '{id}' did not pass its gate.", "Deploy an approved version."),
            ModelStage.Candidate => throw Fail.Conflict($"The gate of model version '{id}' has not spoken yet.", "Wait until its job has ended.", retryable: true),
            _ => throw new ArgumentOutOfRangeException(nameof(request), model.Stage, null),
        };
    }
}
