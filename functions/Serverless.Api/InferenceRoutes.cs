using Serverless.Api.EndpointHosts;
using Serverless.Api.Endpoints;
using Serverless.Api.Hosts;
using Serverless.Api.Routing;

namespace Serverless.Api;

/// <summary>The routes of an app that only predicts: the same rows as in <see cref="ApiRoutes"/>, and those by which the control app sees to its models.</summary>
public static class InferenceRoutes
{
    /// <summary>The app's table.</summary>
    public static RouteTable All { get; } = new([.. HealthRoutes.Rows, .. PredictRoutes.Rows, .. EndpointHostRoutes.Rows]);
}
