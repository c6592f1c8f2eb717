using Serverless.Api.Agents;
using Serverless.Api.Artifacts;
using Serverless.Api.Compute;
using Serverless.Api.Costs;
using Serverless.Api.Datasets;
using Serverless.Api.Endpoints;
using Serverless.Api.Experiments;
using Serverless.Api.Hosts;
using Serverless.Api.Jobs;
using Serverless.Api.Keys;
using Serverless.Api.Models;
using Serverless.Api.OpenApi;
using Serverless.Api.Routing;
using Serverless.Api.Schemas;
using Serverless.Api.Studies;
using Serverless.Api.Triggers;

namespace Serverless.Api;

/// <summary>Every route of the product, whoever hosts it: the one place to look.</summary>
public static class ApiRoutes
{
    /// <summary>The product's table.</summary>
    public static RouteTable All { get; } = new(
    [
        .. HealthRoutes.Rows,
        .. DescriptionRoutes.Rows,
        .. SchemaRoutes.Rows,
        .. DatasetRoutes.Rows,
        .. JobRoutes.Rows,
        .. StudyRoutes.Rows,
        .. ExperimentRoutes.Rows,
        .. FindingRoutes.Rows,
        .. ModelRoutes.Rows,
        .. EndpointRoutes.Rows,
        .. PredictRoutes.Rows,
        .. TriggerRoutes.Rows,
        .. ComputeRoutes.Rows,
        .. BudgetRoutes.Rows,
        .. KeyRoutes.Rows,
        .. AgentRoutes.Rows,
        .. ArtifactRoutes.Rows,
    ]);
}
