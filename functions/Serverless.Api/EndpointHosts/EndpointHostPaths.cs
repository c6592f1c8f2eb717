namespace Serverless.Api.EndpointHosts;

/// <summary>The paths between the control app and the inference app. They are no part of the product's interface: both apps are of one version.</summary>
internal static class EndpointHostPaths
{
    public const string Prepare = "/internal/v1/models/{name}/versions/{version}/prepare";
    public const string Probe = "/internal/v1/models/{name}/versions/{version}/probe";
    public const string Drain = "/internal/v1/models/{name}/versions/{version}/drain";
    public const string Route = "/internal/v1/endpoints/{name}/route";
    public const string Sessions = "/internal/v1/endpoints/{name}/sessions";
}
